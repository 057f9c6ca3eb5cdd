import { readFileSync } from 'node:fs';
import { decodeImage, imageFormat, imageHeader, tiffPixelSize } from '@plateau/images';
import { describe, expect, it } from 'vitest';

// Written by test-fixtures/tiff/tiff.py: pixel (x, y) is 20y + x.
const file = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../test-fixtures/tiff/${name}.tif`, import.meta.url));
const ramp = Array.from({ length: 120 }, (_, i) => 20 * Math.floor(i / 12) + (i % 12));

describe('decodeImage of TIFFs', () => {
  it('reads 8 bit, 16 bit of the other byte order, RGB and palettes', async () => {
    expect(imageFormat(file('fei'))).toBe('tiff');
    expect(imageHeader(file('zeiss'))).toEqual({ format: 'tiff', width: 12, height: 10, depth: 16, channels: 1 });
    const grey = await decodeImage(file('fei'));
    expect(grey).toMatchObject({ count: 1, width: 12, height: 10, channels: 1, range: [0, 255] });
    expect([...grey.data]).toEqual(ramp);
    const deep = await decodeImage(file('zeiss'));
    expect(deep.range).toEqual([0, 65535]);
    expect([...deep.data]).toEqual(ramp.map((value) => 257 * value));
    expect([...(await decodeImage(file('rgb'))).data.subarray(3 * 13, 3 * 14)]).toEqual([21, 234, 1]);
    expect([...(await decodeImage(file('palette'))).data.subarray(3 * 13, 3 * 14)]).toEqual([21, 0, 0]);
  });

  it('turns images around whose 0 is white', async () => {
    expect([...(await decodeImage(file('inverted'))).data]).toEqual(ramp.map((value) => 255 - value));
  });

  it('refuses what it cannot read, with a reason', async () => {
    await expect(decodeImage(file('float'))).rejects.toThrow(/32 bit a sample can't be read; save it with 8 or 16/);
    await expect(decodeImage(file('rgb').subarray(0, 300))).rejects.toThrow(RangeError);
    await expect(decodeImage(withField(file('rgb'), 259, 4))).rejects.toThrow(/can't be read \(.*compression: 4/i);
    await expect(decodeImage(withField(file('rgb'), 258, 0, 65000))).rejects.toThrow(/how many bits a sample/);
    await expect(decodeImage(Uint8Array.of(0x49, 0x49, 42, 0, 255, 255, 255, 255))).rejects.toThrow(/damaged TIFF/);
  });
});

describe('pages of a TIFF', () => {
  it('refuses a stack of images, of which all but one would be lost', () => {
    expect(() => imageHeader(file('stack'))).toThrow(/a stack of 2 images, expected one a file/);
  });

  it('does not mind thumbnails', async () => {
    expect([...(await decodeImage(file('thumbnail'))).data]).toEqual(ramp);
  });
});

/** A little-endian TIFF with another value in the first page's field, or another number for that field. */
function withField(bytes: Uint8Array, tag: number, value: number, renamed = tag): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const view = new DataView(changed.buffer);
  const start = view.getUint32(4, true);
  for (let k = 0; k < view.getUint16(start, true); k++) {
    const at = start + 2 + 12 * k;
    if (view.getUint16(at, true) !== tag) continue;
    view.setUint16(at, renamed, true);
    view.setUint16(at + 8, value, true);
  }
  return changed;
}

describe('tiffPixelSize', () => {
  it("reads FEI's and Zeiss' tags", () => {
    expect(tiffPixelSize(file('fei'))).toEqual({ value: 97, unit: 'nm' });
    expect(tiffPixelSize(file('zeiss'))).toEqual({ value: 1.117, unit: 'um' });
  });

  it("reads ImageJ's scale", () => {
    expect(tiffPixelSize(file('imagej'))).toEqual({ value: 0.25, unit: 'um' });
    expect(tiffPixelSize(file('micro'))).toEqual({ value: 0.4, unit: 'um' });
  });

  it('says nothing about other files', () => {
    expect(tiffPixelSize(file('rgb'))).toBeUndefined();
    expect(tiffPixelSize(Uint8Array.of(0xff, 0xd8, 0xff))).toBeUndefined();
  });

  it('refuses pixels that are not square', () => {
    expect(() => tiffPixelSize(file('oblong'))).toThrow(/97×120 nm, expected square/);
    expect(() => tiffPixelSize(file('dots'))).toThrow(/are 1×2, expected square/);
  });
});
