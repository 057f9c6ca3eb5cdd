import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resizeClean, toRgb, type ImageBatch } from '../src/index.js';
import { greatestDifference, greyImage, patterns } from './patterns.js';

interface GoldenCase {
  readonly pattern: keyof typeof patterns;
  readonly from: [height: number, width: number];
  readonly to: [height: number, width: number];
  readonly stride: number;
  readonly samples: number[];
}

// Made with Pillow's mode F resize: test-fixtures/images/README.md.
const golden = JSON.parse(
  readFileSync(new URL('../../../test-fixtures/images/resize-clean.json', import.meta.url), 'utf8'),
) as { readonly cases: GoldenCase[] };

describe('resizeClean', () => {
  it.each(golden.cases.map((one) => [`${one.pattern} ${one.from.join('×')} to ${one.to.join('×')}`, one] as const))(
    'equals Pillow to 1e-4 of a grey level: %s',
    (_, { pattern, from, to, stride, samples }) => {
      const resized = resizeClean(greyImage(from[0], from[1], patterns[pattern]), { height: to[0], width: to[1] });
      const got = resized.data.filter((_, i) => i % stride === 0);
      expect(greatestDifference(got, samples)).toBeLessThan(1e-4);
    },
  );

  it('gives the value of its example', () => {
    const step = { data: Uint8Array.of(0, 255), count: 1, height: 1, width: 2, channels: 1, range: [0, 255] } as const;
    const resized = Array.from(resizeClean(step, { height: 1, width: 4 }).data, (value) => value.toFixed(2));
    expect(resized).toEqual(['0.00', '52.82', '202.18', '255.00']);
  });

  it('leaves an image of the wanted size exactly as it is, in float32', () => {
    const image = greyImage(9, 6, patterns.textured);
    expect(Array.from(resizeClean(image, { height: 9, width: 6 }).data)).toEqual(Array.from(image.data));
  });

  it('resizes each image of a batch and each channel by itself', () => {
    const a = greyImage(6, 8, patterns.textured);
    const b = greyImage(6, 8, patterns.checkered);
    const data = new Uint8Array([...a.data, ...b.data]);
    const both = resizeClean(toRgb({ ...a, data, count: 2 }), { height: 5, width: 11 });
    const alone = [a, b].flatMap((image) => Array.from(resizeClean(image, { height: 5, width: 11 }).data));
    expect(both).toMatchObject({ count: 2, height: 5, width: 11, channels: 3, range: [0, 255] });
    expect(Array.from(both.data)).toEqual(alone.flatMap((value) => [value, value, value]));
  });

  it('scales other ranges to [0, 255] first', () => {
    const image = greyImage(6, 8, patterns.textured);
    const expected = resizeClean(image, { height: 9, width: 9 }).data;
    const deep: ImageBatch = { ...image, data: Uint16Array.from(image.data, (v) => v * 257), range: [0, 65535] };
    const signed: ImageBatch = { ...image, data: Float32Array.from(image.data, (v) => v / 127.5 - 1), range: [-1, 1] };
    expect(greatestDifference(resizeClean(deep, { height: 9, width: 9 }).data, expected)).toBeLessThan(1e-4);
    expect(greatestDifference(resizeClean(signed, { height: 9, width: 9 }).data, expected)).toBeLessThan(1e-4);
  });

  it('refuses a side that is no whole number', () => {
    const image = greyImage(4, 4, patterns.textured);
    expect(() => resizeClean(image, { height: 0, width: 9 })).toThrow(
      'height is 0, expected a whole number of 1 or more',
    );
    expect(() => resizeClean(image, { height: 9, width: 2.5 })).toThrow('width is 2.5');
  });
});
