import type { ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';

const side = 4;

/** Elements of an image of `noise`. */
export const noisePixels = side * side;

/** 4×4 images of independent uniform noise. */
export function noise(count: number, seed: number): ImageBatch {
  const data = Float32Array.from(new RandomState(seed).randomSample(count * noisePixels), (u) => 2 * u - 1);
  return { data, count, height: side, width: side, channels: 1, range: [-1, 1] };
}
