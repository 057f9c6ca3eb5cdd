import { bicubicWeights } from './bicubic-weights.js';
import { checkBatch } from './check-batch.js';
import { convertRange } from './convert-range.js';
import type { ImageBatch } from './image-batch.js';
import { resizeByKernels } from './kernels/resize-by-kernels.js';
import { resizePlainly, type ResizePlan } from './resize-plainly.js';

/** The size to resize to. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/**
 * Clean-fid's resize (Parmar, Zhang and Zhu 2022): Pillow's antialiased bicubic in float32, channel by channel, never
 * rounded to 8 bit, clipped to [0, 255] at the end. Within 1e-4 of a grey level of Pillow's mode F.
 *
 * Whatever the batch's range, it is scaled to [0, 255] first. The sides are stretched independently, nothing is cropped.
 * @returns float32 images in [0, 255], as many channels as before
 * @throws RangeError when a side is no whole number of 1 or more
 * @example
 * const step = { data: Uint8Array.of(0, 255), count: 1, height: 1, width: 2, channels: 1, range: [0, 255] } as const;
 * resizeClean(step, { height: 1, width: 4 }).data // => Float32Array [0, 52.82, 202.18, 255], to two decimals
 */
export function resizeClean(
  batch: ImageBatch,
  { height, width }: ImageSize,
): ImageBatch & { readonly data: Float32Array } {
  for (const [name, side] of Object.entries({ height, width })) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(`resizeClean: ${name} is ${side}, expected a whole number of 1 or more`);
    }
  }
  checkBatch(batch);
  const plan: ResizePlan = {
    ...batch,
    input: convertRange(batch, [0, 255]).data,
    across: bicubicWeights(batch.width, width),
    down: bicubicWeights(batch.height, height),
  };
  return { ...batch, data: resizeByKernels(plan) ?? resizePlainly(plan), height, width, range: [0, 255] };
}
