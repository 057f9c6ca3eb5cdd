import { checkBatch } from './check-batch.js';
import type { ImageBatch } from './image-batch.js';

/** Pixels to cut off each side; 0 by default. */
export interface CropMargins {
  readonly top?: number;
  readonly right?: number;
  readonly bottom?: number;
  readonly left?: number;
}

/**
 * Cuts margins off every image, such as the information bar below a scanning electron micrograph: a bar that is the same in all
 * images makes them look alike to any network.
 * @throws RangeError when a margin is no whole number of 0 or more, or nothing would be left
 * @example cropImages(micrographs, { bottom: 64 })
 */
export function cropImages(batch: ImageBatch, margins: CropMargins): ImageBatch {
  const { top = 0, right = 0, bottom = 0, left = 0 } = margins;
  for (const [name, margin] of Object.entries({ top, right, bottom, left })) {
    if (!Number.isInteger(margin) || margin < 0) {
      throw new RangeError(`cropImages: ${name} is ${margin}, expected a whole number of 0 or more`);
    }
  }
  const { data, count, channels, height: inputHeight, width: inputWidth } = checkBatch(batch);
  const [height, width] = [inputHeight - top - bottom, inputWidth - left - right];
  if (height < 1 || width < 1) {
    throw new RangeError(
      `cropImages: margins of ${top + bottom} rows and ${left + right} columns leave nothing of ${inputWidth}×${inputHeight}`,
    );
  }
  const cropped = data.slice(0, count * height * width * channels);
  const row = width * channels;
  for (let image = 0; image < count; image++) {
    for (let y = 0; y < height; y++) {
      const from = ((image * inputHeight + top + y) * inputWidth + left) * channels;
      cropped.set(data.subarray(from, from + row), (image * height + y) * row);
    }
  }
  return { ...batch, data: cropped, height, width };
}
