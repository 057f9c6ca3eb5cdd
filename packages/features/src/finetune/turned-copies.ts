import { cropImages, sampleArray, type CropMargins, type ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import { turnImage, turnsOf } from './turn-image.js';

/**
 * Turned or mirrored copies of some images of a source, each drawn anew without repeating one: a texture has no top, and a
 * network that has seen it from several sides knows it better. The copies of an image follow each other, images in their order.
 * @param options.indices of the images to copy, in rising order
 * @param options.copies of each
 * @param options.crop cut off before turning
 * @throws RangeError when an image has fewer turns than copies are asked for
 */
export async function* turnedCopies(
  images: AsyncIterable<ImageBatch>,
  options: { indices: readonly number[]; copies: number; seed: number; crop?: CropMargins },
): AsyncGenerator<ImageBatch> {
  const { indices, copies, seed, crop } = options;
  const random = new RandomState(seed);
  const wanted = new Set(indices);
  let first = 0;
  for await (const whole of images) {
    const batch = crop ? cropImages(whole, crop) : whole;
    const own = Array.from({ length: batch.count }, (_, i) => i).filter((i) => wanted.has(first + i));
    first += batch.count;
    if (own.length === 0) continue;
    const turns = turnsOf(batch);
    if (copies > turns) {
      throw new RangeError(
        `copies is ${copies}, but images of ${batch.width}×${batch.height} have ${turns} turned copies`,
      );
    }
    const size = batch.height * batch.width * batch.channels;
    const data = sampleArray(batch.data, own.length * copies * size);
    own.forEach((index, i) => {
      const order = random.permutation(turns);
      for (let copy = 0; copy < copies; copy++) {
        const at = (i * copies + copy) * size;
        turnImage(batch, { index, turn: order[copy]! + 1, to: data.subarray(at, at + size) });
      }
    });
    yield { ...batch, data, count: own.length * copies };
  }
}
