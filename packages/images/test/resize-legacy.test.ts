import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resizeBilinear } from '../src/index.js';
import { greatestDifference, greyImage, patterns } from './patterns.js';

interface GoldenCase {
  readonly pattern: keyof typeof patterns;
  readonly from: [height: number, width: number];
  readonly to: [height: number, width: number];
  readonly stride: number;
  readonly samples: number[];
}

/** Made with TensorFlow's and PyTorch's own resizes: test-fixtures/images/README.md. */
function golden(framework: string): readonly GoldenCase[] {
  const url = new URL(`../../../test-fixtures/images/resize-legacy-${framework}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: GoldenCase[] }).cases;
}

describe.each([
  ['tensorflow', 'corners'],
  ['pytorch', 'centres'],
] as const)('resizeBilinear as %s', (framework, positions) => {
  it.each(
    golden(framework).map((one) => [`${one.pattern} ${one.from.join('×')} to ${one.to.join('×')}`, one] as const),
  )('equals it to 1e-4 of a grey level: %s', (_, { pattern, from, to, stride, samples }) => {
    const image = greyImage(from[0], from[1], patterns[pattern]);
    const resized = resizeBilinear(image, { height: to[0], width: to[1], positions });
    const got = resized.data.filter((_, i) => i % stride === 0);
    expect(greatestDifference(got, samples)).toBeLessThan(1e-4);
  });
});
