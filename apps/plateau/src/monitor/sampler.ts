import type * as tfjs from '@tensorflow/tfjs';
import { batchFromTensor, concatBatches, type ImageBatch, type TensorLike, type ValueRange } from '@plateau/images';
import { RandomState } from '@plateau/numerics';

/** A tensor whose memory the monitor frees once it has read it. */
export interface DisposableTensor extends TensorLike {
  dispose(): void;
}

/** What a `generate` function is told. */
export interface GenerateContext {
  readonly epoch: number;
  /** The same every epoch: derive latents from it, so that epochs can be compared. */
  readonly seed: number;
}

/**
 * Draws `count` samples: NHWC, one or three channels. A returned tensor then belongs to the monitor, which disposes it.
 */
export type Generate = (
  count: number,
  context: GenerateContext,
) => DisposableTensor | ImageBatch | Promise<DisposableTensor | ImageBatch>;

/** A generator that maps latents [n, latentDim] to images, as a tfjs LayersModel or GraphModel does. */
export interface GeneratorModel {
  predict(latents: tfjs.Tensor): tfjs.Tensor | tfjs.Tensor[] | tfjs.NamedTensorMap;
}

/** Draws samples of one epoch. */
export type Sampler = (count: number, epoch: number) => Promise<ImageBatch>;

/** The user's generator returned something that can't be scored. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
  /** Whether the samples were NaN or infinite, as of a training run that has diverged. */
  readonly diverged: boolean;

  constructor(message: string, diverged = false) {
    super(message);
    this.diverged = diverged;
  }
}

/** Samples from a `generate` function. */
export function functionSampler(generate: Generate, range: ValueRange, seed: number): Sampler {
  return async (count, epoch) => {
    const made = await generate(count, { epoch, seed });
    return 'dispose' in made ? readTensor(made, count, range) : checkCount(made, count);
  };
}

/** Samples from a generator model, at the same standard normal latents every epoch, `batchSize` at a time. */
export function modelSampler(
  tf: typeof tfjs,
  generator: GeneratorModel,
  latentDim: number,
  range: ValueRange,
  seed: number,
  batchSize = 32,
): Sampler {
  let latents = new Float32Array(0);
  return async (count) => {
    if (latents.length !== count * latentDim) {
      latents = Float32Array.from(new RandomState(seed).randn(count, latentDim));
    }
    const batches: ImageBatch[] = [];
    for (let start = 0; start < count; start += batchSize) {
      const size = Math.min(batchSize, count - start);
      const images = tf.tidy(() => {
        const z = tf.tensor2d(latents.subarray(start * latentDim, (start + size) * latentDim), [size, latentDim]);
        const output = generator.predict(z);
        return isTensor(output) ? output : undefined;
      });
      if (!images)
        throw new SampleError('the generator has several outputs; pass generate: () => the tensor of images');
      batches.push(await readTensor(images, size, range, start));
    }
    return concatBatches(batches);
  };
}

async function readTensor(tensor: DisposableTensor, count: number, range: ValueRange, offset = 0): Promise<ImageBatch> {
  try {
    const { shape } = tensor;
    if (shape.length !== 4 || (shape[3] !== 1 && shape[3] !== 3)) {
      throw new SampleError(
        `the generator returned shape [${shape.join(', ')}], expected [${count}, height, width, 1 or 3]`,
      );
    }
    const values = (await tensor.data()) as Float32Array;
    const size = values.length / shape[0];
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new SampleError(
        `sample ${offset + Math.floor(bad / size)} holds ${values[bad]}: the generator's weights or latents are no longer finite`,
        true,
      );
    }
    return checkCount(await batchFromTensor(tensor, { range }), count);
  } finally {
    tensor.dispose();
  }
}

function checkCount(batch: ImageBatch, count: number): ImageBatch {
  if (batch.count !== count) {
    throw new SampleError(`the generator returned ${batch.count} images, expected the ${count} it was asked for`);
  }
  return batch;
}

function isTensor(output: ReturnType<GeneratorModel['predict']>): output is tfjs.Tensor {
  return !Array.isArray(output) && 'shape' in output;
}
