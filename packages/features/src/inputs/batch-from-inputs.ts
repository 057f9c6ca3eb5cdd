import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { batchFromTensor, type ImageBatch, type ValueRange } from '@plateau/images';
import type { Tfjs } from '../tfjs/to-layers-model.js';
import { bundledNetInput } from './net-input-bundle.js';

/** A canvas, or whatever has its pixels: of the page, of node-canvas, an OffscreenCanvas. */
export interface CanvasLike {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(
      x: number,
      y: number,
      width: number,
      height: number,
    ): { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
  } | null;
}

/** One image: height×width×(1 or 3), 1×height×width×(1 or 3), or a canvas. */
export type ImageInput = Tensor3D | Tensor4D | CanvasLike;

/**
 * Images of mixed kinds and sizes as one batch of RGB squares, by NetInput of tfjs-image-recognition-base (bundled): the shorter
 * side is padded with zeros on both sides, then the image is resized bilinearly.
 *
 * Gotcha: for images of one size, `batchFromTensor` and an extractor's own resize change less; padding is seen by the network.
 * @param tf the caller's, with chained operations, as `@tensorflow/tfjs` has them
 * @param inputs tensors are read, neither kept nor disposed
 * @param options.range what the samples of tensors can be; canvases have [0, 255] and can only be mixed with such
 * @throws TypeError for anything else; RangeError for other shapes, no images, or values out of the range
 * @example (await batchFromInputs(tf, [tf.zeros([20, 30, 1]), tf.zeros([64, 64, 3])], { size: 64, range: [0, 1] })).count // => 2
 */
export async function batchFromInputs(
  tf: Tfjs,
  inputs: readonly ImageInput[],
  { size, range }: { size: number; range: ValueRange },
): Promise<ImageBatch> {
  if (inputs.length === 0) throw new RangeError('batchFromInputs: no images, expected one or more');
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`batchFromInputs: size is ${size}, expected a whole number of 1 or more`);
  }
  const NetInput = bundledNetInput(tf) as new (inputs: Tensor3D[]) => { toBatchTensor(size: number): Tensor4D };
  const batch = tf.tidy(() => {
    const images = inputs.map((input, i) => toRgbTensor(tf, input, { position: i, range }));
    return new NetInput(images).toBatchTensor(size);
  });
  try {
    return await batchFromTensor(batch, { range });
  } finally {
    batch.dispose();
  }
}

function toRgbTensor(
  tf: Tfjs,
  input: ImageInput,
  { position, range }: { position: number; range: ValueRange },
): Tensor3D {
  if (!(input instanceof tf.Tensor)) return pixelsOf(tf, input, { position, range });
  const shape = input.shape.length === 4 && input.shape[0] === 1 ? input.shape.slice(1) : input.shape;
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new RangeError(
      `batchFromInputs: image ${position} is ${input.shape.join('×')}, expected height×width×(1 or 3)`,
    );
  }
  const image = tf.cast(tf.reshape(input, [height!, width!, channels]), 'float32') as Tensor3D;
  return channels === 3 ? image : tf.tile(image, [1, 1, 3]);
}

function pixelsOf(tf: Tfjs, input: CanvasLike, { position, range }: { position: number; range: ValueRange }): Tensor3D {
  if (typeof input?.getContext !== 'function') {
    throw new TypeError(`batchFromInputs: image ${position} is ${typeof input}, expected a tensor or a canvas`);
  }
  if (range[0] !== 0 || range[1] !== 255) {
    throw new RangeError(
      `batchFromInputs: image ${position} is a canvas with samples in [0, 255], the range is [${range.join(', ')}]`,
    );
  }
  const pixels = input.getContext('2d')?.getImageData(0, 0, input.width, input.height);
  if (!pixels) throw new RangeError(`batchFromInputs: the canvas of image ${position} has no 2d context`);
  const { data, width, height } = pixels;
  return tf.cast(tf.slice(tf.tensor3d(Uint8Array.from(data), [height, width, 4]), [0, 0, 0], [-1, -1, 3]), 'float32');
}
