import { collect, concatBatches, convertRange, sliceBatch, toGrey, type ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import { openImages } from '../sets.js';

/** Images to train on, and others, held out, to score against. */
export interface DemoImages {
  readonly id: string;
  /** Grey float32 in [-1, 1]. */
  readonly training: ImageBatch & { readonly data: Float32Array };
  readonly reference: ImageBatch;
}

/** What the demo trains on. */
export interface DemoImagesOptions {
  /** A folder of images, or `foam:…`. */
  readonly images: string;
  /** Side that the images are resized to. */
  readonly size: number;
  readonly seed: number;
  readonly skipBad?: boolean;
}

const fewest = 32;
const mostHeldOut = 128;

/**
 * Reads images as grey squares and holds a quarter of them out, 128 at most, drawn at random.
 * @throws RangeError when there are fewer than 32
 */
export async function demoImages({ images, size, seed, skipBad }: DemoImagesOptions): Promise<DemoImages> {
  const source = await openImages(images, { size, skipBad });
  const all = toGrey(await collect(source));
  if (all.count < fewest) {
    throw new RangeError(
      `images in ${source.id}: got ${all.count}, expected at least ${fewest}, of which three quarters train and the rest scores`,
    );
  }
  const heldOut = Math.min(mostHeldOut, Math.floor(all.count / 4));
  const order = new RandomState(seed).permutation(all.count);
  return {
    id: source.id,
    reference: pick(all, order.slice(0, heldOut)),
    training: convertRange(pick(all, order.slice(heldOut)), [-1, 1]),
  };
}

function pick(batch: ImageBatch, indices: ArrayLike<number>): ImageBatch {
  return concatBatches(Array.from(indices, (index) => sliceBatch(batch, index, index + 1)));
}
