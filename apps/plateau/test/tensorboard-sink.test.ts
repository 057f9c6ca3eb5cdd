import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from '../src/sinks/tensorboard/crc32c.js';
import { histogramOf } from '../src/sinks/tensorboard/histogram.js';
import { tensorBoardSink } from '../src/sinks/index.js';
import { epochOf, materialOf, png, samples, startOf } from './run-lines.js';
import { temporaryFolder } from './temporary-folder.js';

const collapse = { epoch: 0, n: 20, signals: {}, logEvidence: 1.25, alpha: 0.01, streak: 0, failed: false };

/** The records of a TFRecord file; throws where a checksum is wrong. Written from the format's description. */
function records(file: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    expect(file.readUInt32LE(at + 8)).toBe(maskedCrc32c(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(file.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(data));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

type Field = number | Buffer;

/** The fields of a message by number; text and messages as bytes. */
function fields(message: Buffer): Map<number, Field[]> {
  const found = new Map<number, Field[]>();
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  const read: Record<number, () => Field> = {
    0: varint,
    1: () => message.readDoubleLE((at += 8) - 8),
    2: () => {
      const length = varint();
      return message.subarray(at, (at += length));
    },
    5: () => message.readFloatLE((at += 4) - 4),
  };
  while (at < message.length) {
    const key = varint();
    found.set(key >> 3, [...(found.get(key >> 3) ?? []), read[key & 7]!()]);
  }
  return found;
}

/** The values of an event's summary by tag. */
function values(event: Map<number, Field[]>): Map<string, Map<number, Field[]>> {
  const summary = fields(event.get(5)![0] as Buffer);
  return new Map(
    summary.get(1)!.map((value) => {
      const parts = fields(value as Buffer);
      return [String(parts.get(1)![0]), parts];
    }),
  );
}

describe('crc32c', () => {
  // RFC 3720, appendix B.4; the last is the check value of the CRC catalogue.
  it.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 times 255', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['31 to 0', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    ['123456789', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('of %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('histogramOf', () => {
  it('counts into bins of equal width and sums up', () => {
    expect(histogramOf([0, 1, 1, 2, NaN], 2)).toEqual({
      min: 0,
      max: 2,
      count: 4,
      sum: 4,
      sumOfSquares: 6,
      limits: [1, 2],
      counts: [1, 3],
    });
  });

  it('takes equal values, and no values', () => {
    expect(histogramOf([3, 3], 4)!.counts).toEqual([2, 0, 0, 0]);
    expect(histogramOf([NaN])).toBeUndefined();
  });
});

describe('tensorBoardSink', () => {
  it('writes scalars, the sheets and histograms with good checksums', async () => {
    const out = temporaryFolder();
    const sink = tensorBoardSink();
    await sink.start!(startOf(), materialOf(out));
    await sink.epoch!(epochOf(4, { collapse: { ...collapse, epoch: 4 }, cells: { porosity: 0.5 } }), samples);
    const folder = join(out, 'tensorboard', '2026-01-02T03-04-05-000Z');
    const [name] = readdirSync(folder);
    expect(name).toMatch(/^events\.out\.tfevents\.1767323045\./);
    const [version, reference, epoch] = records(readFileSync(join(folder, name!))).map(fields);
    expect(String(version!.get(3)![0])).toBe('brain.Event:2');
    expect(values(reference!).has('reference')).toBe(true);
    expect(epoch!.get(1)![0]).toBe(Date.UTC(2026, 0, 2, 3, 5, 4) / 1000);
    expect(epoch!.get(2)![0]).toBe(4);
    const shown = values(epoch!);
    const scalars = [...shown].filter(([, value]) => value.has(2)).map(([tag, value]) => [tag, value.get(2)![0]]);
    expect(Object.fromEntries(scalars)).toEqual({
      'training/loss': Math.fround(0.2),
      'scores/kid': Math.fround(0.1),
      'scores/vendi': 7,
      'floor/kid': Math.fround(0.001),
      'cells/porosity': 0.5,
      'collapse/log evidence': 1.25,
    });
    const image = fields(shown.get('samples')!.get(4)![0] as Buffer);
    expect([image.get(1)![0], image.get(2)![0]]).toEqual([2, 4]);
    expect(image.get(4)![0]).toEqual(Buffer.from(png));
    const histogram = fields(shown.get('samples/features')!.get(5)![0] as Buffer);
    expect([1, 2, 3, 4, 5].map((field) => histogram.get(field)![0])).toEqual([1, 4, 4, 10, 30]);
    expect((histogram.get(7)![0] as Buffer).length).toBe(30 * 8);
  });

  it('goes on beside the events of a resumed run; a new run has a folder of its own', async () => {
    const out = temporaryFolder();
    const starts = [
      startOf(),
      startOf({ time: '2026-01-03T00:00:00.000Z', resumedFrom: 3 }),
      startOf({ time: '2026-01-04T00:00:00.000Z' }),
    ];
    for (const start of starts) await tensorBoardSink().start!(start, materialOf(out));
    const folders = readdirSync(join(out, 'tensorboard')).sort();
    expect(folders.map((folder) => readdirSync(join(out, 'tensorboard', folder)).length)).toEqual([2, 1]);
  });

  it('says what it needs where nothing is written', () => {
    expect(() => tensorBoardSink().start!(startOf(), materialOf())).toThrow('createMonitor({ out })');
  });
});
