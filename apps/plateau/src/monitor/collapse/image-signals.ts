import { toGrey, type ImageBatch } from '@plateau/images';
import { median } from './summaries.js';

/** What pixels show that features may not: flat images and blurred ones. */
export interface ImageSignals {
  readonly contrast: number;
  readonly sharpness: number;
}

/** Gathers the contrast and the sharpness of images, batch by batch. */
export class ImageSignalMeter {
  readonly #contrasts: number[] = [];
  readonly #sharpnesses: number[] = [];

  add(images: ImageBatch): void {
    const { data, count, height, width, range } = toGrey(images);
    const unit = 1 / Math.abs(range[1] - range[0]);
    for (let image = 0; image < count; image += 1) {
      const pixels = data.subarray(image * height * width, (image + 1) * height * width);
      this.#contrasts.push(unit * contrastOf(pixels));
      this.#sharpnesses.push(unit * sharpnessOf(pixels, height, width));
    }
  }

  /** Medians over the images. */
  signals(): ImageSignals {
    return { contrast: median(this.#contrasts), sharpness: median(this.#sharpnesses) };
  }
}

/** Medians over the images of one batch. */
export function imageSignals(images: ImageBatch): ImageSignals {
  const meter = new ImageSignalMeter();
  meter.add(images);
  return meter.signals();
}

/** Standard deviation of the pixels. */
function contrastOf(pixels: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < pixels.length; i += 1) {
    sum += pixels[i];
    squares += pixels[i] ** 2;
  }
  return Math.sqrt(Math.max(0, squares / pixels.length - (sum / pixels.length) ** 2));
}

/** Mean absolute response of the five-point Laplacian: what a blur takes away first. */
function sharpnessOf(pixels: ArrayLike<number>, height: number, width: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      sum += Math.abs(4 * pixels[i] - pixels[i - 1] - pixels[i + 1] - pixels[i - width] - pixels[i + width]);
    }
  }
  return sum / Math.max(1, (height - 2) * (width - 2));
}
