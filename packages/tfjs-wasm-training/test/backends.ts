import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '../src/index.js';

registerTrainingKernels(tf);

/** Runs `body` on one backend and returns the values and shapes of its tensors. */
export async function onBackend(
  backend: 'cpu' | 'wasm',
  body: () => tf.Tensor | readonly tf.Tensor[],
): Promise<{ shape: number[]; values: number[] }[]> {
  await tf.setBackend(backend);
  return tf.tidy(() => [body()].flat().map((tensor) => ({ shape: tensor.shape, values: [...tensor.dataSync()] })));
}

/** The largest |wasm − cpu| over all values of `body`, divided by the largest |cpu| where that is above 1. */
export async function largestDifference(body: () => tf.Tensor | readonly tf.Tensor[]): Promise<number> {
  const expected = await onBackend('cpu', body);
  const actual = await onBackend('wasm', body);
  let difference = 0;
  let scale = 1;
  expected.forEach(({ shape, values }, i) => {
    if (String(actual[i]!.shape) !== String(shape)) {
      throw new Error(`got shape [${actual[i]!.shape}] on wasm, expected [${shape}] as on cpu`);
    }
    values.forEach((value, j) => {
      scale = Math.max(scale, Math.abs(value));
      const apart = Math.abs(actual[i]!.values[j]! - value);
      difference = Number.isNaN(apart) ? Infinity : Math.max(difference, apart);
    });
  });
  return difference / scale;
}

/** Values in [−1, 1), the same on every backend. */
export function values(shape: number[], seed: number): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, 'float32', seed);
}

export { tf };
