import { describe, expect, it } from 'vitest';
import {
  batchFromArray,
  compareNaturally,
  concatBatches,
  contactSheet,
  convertRange,
  decodeImage,
  encodePng,
  isGrey,
  sliceBatch,
  toGrey,
  toRgb,
  toUint8,
  writePng,
  type ImageBatch,
} from '../src/index.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './fixtures.js';

const grey = (...values: number[]): ImageBatch => batchFromArray(Uint8Array.from(values), { height: 1, width: 2 });
const rgb = (...values: number[]): ImageBatch =>
  batchFromArray(Uint8Array.from(values), { height: 1, width: 1, channels: 3 });

describe('convertRange and toUint8', () => {
  it('map the ends of a range to the ends of the other', () => {
    const batch = grey(0, 51, 255, 102);
    const signed = convertRange(batch, [-1, 1]);
    expect(signed.range).toEqual([-1, 1]);
    expect(Array.from(signed.data)).toEqual([-1, Math.fround(-0.6), 1, Math.fround(-0.2)]);
    expect(toUint8(signed)).toEqual(batch);
  });

  it('round half up and clip', () => {
    const batch = batchFromArray(Float32Array.of(0.5 / 255, 0.49 / 255, 1, 0), { height: 1, width: 4, range: [0, 1] });
    expect(Array.from(toUint8(batch).data)).toEqual([1, 0, 255, 0]);
    expect(Array.from(toUint8({ ...batch, data: Float32Array.of(-3, 3, 0.5, 1) }).data)).toEqual([0, 255, 128, 255]);
  });

  it('keep 8 bit through 16 and back', () => {
    const all = batchFromArray(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      { height: 16, width: 16 },
    );
    const deep = { ...all, data: Uint16Array.from(all.data, (value) => value * 257), range: [0, 65535] } as const;
    expect(toUint8(deep).data).toEqual(all.data);
  });
});

describe('toGrey, toRgb and isGrey', () => {
  it('weigh the channels as ITU-R BT.601 does: red 76, green 150, blue 29', () => {
    expect(Array.from(toGrey(rgb(255, 0, 0, 0, 255, 0, 0, 0, 255)).data)).toEqual([76, 150, 29]);
  });

  it('keep every grey value', () => {
    const all = batchFromArray(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      { height: 16, width: 16 },
    );
    expect(toGrey(toRgb(all))).toEqual(all);
    expect(isGrey(toRgb(all))).toBe(true);
    expect(isGrey(rgb(1, 1, 1, 1, 1, 2))).toBe(false);
  });
});

describe('sliceBatch and concatBatches', () => {
  it('undo each other', () => {
    const batch = grey(1, 2, 3, 4, 5, 6);
    expect(concatBatches([sliceBatch(batch, 0, 1), sliceBatch(batch, 1)])).toEqual(batch);
    expect(sliceBatch(batch, 2, 99)).toEqual(grey(5, 6));
    expect(sliceBatch(batch, 7).count).toBe(0);
  });

  it('refuse what does not fit', () => {
    expect(() => sliceBatch(grey(1, 2), -1)).toThrow('bounds are -1 and 1');
    expect(() => concatBatches([])).toThrow('no batch was given');
    expect(() => concatBatches([grey(1, 2), rgb(1, 2, 3)])).toThrow(
      'batch 1 holds 1×1×3 images, Uint8Array in [0, 255], batch 0 holds 2×1×1 images, Uint8Array in [0, 255]',
    );
    expect(() => concatBatches([grey(1, 2), convertRange(grey(1, 2), [0, 1])])).toThrow('Float32Array in [0, 1]');
  });
});

describe('contactSheet', () => {
  it('lays images out in rows; gaps and empty places are white', () => {
    const sheet = contactSheet(grey(1, 2, 3, 4, 5, 6), { columns: 2, gap: 1 });
    expect(sheet).toMatchObject({ count: 1, height: 3, width: 5 });
    expect(Array.from(sheet.data)).toEqual([1, 2, 255, 3, 4, 255, 255, 255, 255, 255, 5, 6, 255, 255, 255]);
  });

  it('keeps channels and takes white from the range', () => {
    const sheet = contactSheet({ ...rgb(1, 2, 3, 4, 5, 6), range: [0, 99] }, { columns: 2, gap: 1 });
    expect(Array.from(sheet.data)).toEqual([1, 2, 3, 99, 99, 99, 4, 5, 6]);
  });

  it('refuses an empty batch and odd options', () => {
    expect(() => contactSheet(sliceBatch(grey(1, 2), 1))).toThrow('the batch is empty');
    expect(() => contactSheet(grey(1, 2), { columns: 0 })).toThrow('columns is 0 and gap 2');
  });
});

describe('encodePng and writePng', () => {
  it.each<[string, ImageBatch]>([
    ['8-bit grey', grey(0, 200, 17, 255)],
    ['8-bit RGB', rgb(1, 2, 3, 250, 251, 252)],
    ['16-bit grey', batchFromArray(Uint16Array.of(0, 513, 65535, 1), { height: 1, width: 2 })],
  ])('write what decodeImage reads: %s', async (_, batch) => {
    for (let i = 0; i < batch.count; i++) {
      expect(await decodeImage(encodePng(batch, i))).toEqual(sliceBatch(batch, i, i + 1));
    }
  });

  it('write floats in 8 bit', async () => {
    const path = join(await temporaryFolder(), 'image.png');
    await writePng(path, batchFromArray(Float32Array.of(-1, 1), { height: 1, width: 2, range: [-1, 1] }));
    expect(Array.from((await decodeImage(await readFile(path))).data)).toEqual([0, 255]);
  });

  it('refuse an image that is not there', () => {
    expect(() => encodePng(grey(1, 2), 1)).toThrow('image 1 was asked of a batch of 1');
  });
});

describe('compareNaturally', () => {
  it('orders numbers by value and all else by code unit', () => {
    const names = [
      'b1',
      'a10',
      'a2',
      'a02',
      'A3',
      'a',
      'a2b',
      'a1.5',
      'a1.10',
      'é',
      '10',
      '9',
      'a123456789012345678901',
    ];
    expect(names.sort(compareNaturally)).toEqual([
      '9',
      '10',
      'A3',
      'a',
      'a1.5',
      'a1.10',
      'a02',
      'a2',
      'a2b',
      'a10',
      'a123456789012345678901',
      'b1',
      'é',
    ]);
  });
});
