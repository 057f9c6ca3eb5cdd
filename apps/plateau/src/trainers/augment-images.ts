import type * as tfjs from '@tensorflow/tfjs';
import type { RandomState } from '@plateau/numerics';
import type { Tf } from './trainer.js';

/** A way in which images are changed before the discriminator sees them. */
export type Augmentation = 'color' | 'translation' | 'cutout';

/** Every augmentation, in the order in which they are applied. */
export const augmentations: readonly Augmentation[] = ['color', 'translation', 'cutout'];

/**
 * Differentiable augmentation (DiffAugment, Zhao et al. 2020), each image at random: `color` shifts brightness by up to
 * ±0.5, scales saturation by 0 to 2 and contrast by 0.5 to 1.5; `translation` moves by up to an eighth of the side and
 * fills with 0; `cutout` sets a square of half the side to 0.
 *
 * Apply it to reference and generated images alike, in the generator's step as well: gradients pass through, and the
 * generator learns the images, not their augmentations. It is for sets of few images, which a discriminator learns by
 * heart.
 * @param images [n, h, w, c] in [-1, 1], where 0 is mid-grey
 * @param random draws the changes
 * @example augmentImages(tf, images, new RandomState(1), ['translation', 'cutout'])
 */
export function augmentImages(
  tf: Tf,
  images: tfjs.Tensor4D,
  random: RandomState,
  kinds: readonly Augmentation[] = augmentations,
): tfjs.Tensor4D {
  return augmentations
    .filter((kind) => kinds.includes(kind))
    .reduce((changed, kind) => changes[kind](tf, changed, random), images);
}

type Change = (tf: Tf, images: tfjs.Tensor4D, random: RandomState) => tfjs.Tensor4D;

const changes: Record<Augmentation, Change> = { color: recolor, translation: translate, cutout: cutOut };

function recolor(tf: Tf, images: tfjs.Tensor4D, random: RandomState): tfjs.Tensor4D {
  const [count, , , channels] = images.shape;
  const uniform = (low: number, high: number) =>
    tf.tensor4d(
      Float32Array.from({ length: count }, () => low + (high - low) * random.random()),
      [count, 1, 1, 1],
    );
  const brighter = tf.add<tfjs.Tensor4D>(images, uniform(-0.5, 0.5));
  const saturated = channels === 1 ? brighter : scaleAround(tf, brighter, tf.mean(brighter, 3, true), uniform(0, 2));
  return scaleAround(tf, saturated, tf.mean(saturated, [1, 2, 3], true), uniform(0.5, 1.5));
}

function scaleAround(tf: Tf, images: tfjs.Tensor4D, center: tfjs.Tensor, factor: tfjs.Tensor): tfjs.Tensor4D {
  return tf.add(tf.mul(tf.sub(images, center), factor), center);
}

/** Moves by products with matrices of shifted diagonals: two kernels for the whole batch, both ways. */
function translate(tf: Tf, images: tfjs.Tensor4D, random: RandomState): tfjs.Tensor4D {
  const [count, height, width, channels] = images.shape;
  const rows = tf.matMul(shifts(tf, count, height, random), tf.reshape(images, [count, height, width * channels]));
  const byColumn = tf.transpose(tf.reshape(rows, [count, height, width, channels]), [0, 2, 1, 3]);
  const columns = tf.matMul(shifts(tf, count, width, random), tf.reshape(byColumn, [count, width, height * channels]));
  return tf.transpose(tf.reshape(columns, [count, width, height, channels]), [0, 2, 1, 3]);
}

function shifts(tf: Tf, count: number, side: number, random: RandomState): tfjs.Tensor3D {
  const most = Math.round(side / 8);
  const matrices = new Float32Array(count * side * side);
  for (let image = 0; image < count; image++) {
    const shift = random.randint(-most, most + 1);
    for (let to = Math.max(0, shift); to < Math.min(side, side + shift); to++) {
      matrices[(image * side + to) * side + to - shift] = 1;
    }
  }
  return tf.tensor3d(matrices, [count, side, side]);
}

function cutOut(tf: Tf, images: tfjs.Tensor4D, random: RandomState): tfjs.Tensor4D {
  const [count, height, width] = images.shape;
  const mask = new Float32Array(count * height * width).fill(1);
  const halves = [Math.round(height / 4), Math.round(width / 4)] as const;
  for (let image = 0; image < count; image++) {
    const [y, x] = [random.randint(0, height + 1), random.randint(0, width + 1)];
    for (let row = Math.max(0, y - halves[0]); row < Math.min(height, y + halves[0]); row++) {
      const start = (image * height + row) * width;
      mask.fill(0, start + Math.max(0, x - halves[1]), start + Math.min(width, x + halves[1]));
    }
  }
  return tf.mul(images, tf.tensor4d(mask, [count, height, width, 1]));
}
