import * as ort from 'onnxruntime-node';
import type * as tfjs from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { layersModelToOnnx } from '../src/index.js';
import { useWasm } from './use-wasm.js';

let tf: typeof tfjs;

beforeAll(async () => {
  tf = await useWasm();
});

/** Down by two and up again, with a skip, all sides open; biases are drawn too, or they would be 0. */
function smallUNet(): tfjs.LayersModel {
  const seeded = (seed: number) => ({
    kernelInitializer: tf.initializers.heNormal({ seed }),
    biasInitializer: tf.initializers.randomNormal({ seed: seed + 50 }),
  });
  const input = tf.input({ shape: [null, null, 2] });
  const convolve = (x: tfjs.SymbolicTensor, filters: number, strides: number, seed: number): tfjs.SymbolicTensor =>
    tf.layers
      .conv2d({ filters, kernelSize: 3, strides, padding: 'same', activation: 'relu', ...seeded(seed) })
      .apply(x) as tfjs.SymbolicTensor;
  const skip = convolve(input, 3, 1, 1);
  const up = tf.layers
    .conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', ...seeded(3) })
    .apply(convolve(skip, 5, 2, 2)) as tfjs.SymbolicTensor;
  const joined = tf.layers.concatenate().apply([skip, up]);
  const output = tf.layers
    .conv2d({ filters: 2, kernelSize: 1, padding: 'same', activation: 'sigmoid', ...seeded(4) })
    .apply(joined) as tfjs.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}

// The expected numbers are those of TensorFlow.js itself.
test('onnxruntime computes what TensorFlow.js does, for sides that the file leaves open', async () => {
  const model = smallUNet();
  const session = await ort.InferenceSession.create(await layersModelToOnnx(model));
  expect(session.inputMetadata).toMatchObject([{ name: 'input', shape: ['count', 2, 'height', 'width'] }]);
  for (const [height, width] of [
    [8, 12],
    [16, 6],
  ] as const) {
    const images = tf.randomNormal<tfjs.Rank.R4>([2, height, width, 2], 0, 1, 'float32', 7);
    const expected = tf.transpose(model.predict(images) as tfjs.Tensor, [0, 3, 1, 2]);
    const values = (await tf.transpose(images, [0, 3, 1, 2]).data()) as Float32Array;
    const { output } = await session.run({ input: new ort.Tensor('float32', values, [2, 2, height, width]) });
    expect(output!.dims).toEqual(expected.shape);
    const wanted = await expected.data();
    const worst = (output!.data as Float32Array).reduce((most, v, i) => Math.max(most, Math.abs(v - wanted[i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
  }
  await session.release();
});

test('what it does not understand is refused by name', async () => {
  const pooled = tf.sequential({ layers: [tf.layers.maxPooling2d({ inputShape: [8, 8, 1], name: 'pool' })] });
  await expect(layersModelToOnnx(pooled)).rejects.toThrow(/pool is a MaxPooling2D/);
  const valid = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 1, kernelSize: 3, name: 'first' })],
  });
  await expect(layersModelToOnnx(valid)).rejects.toThrow(/first has padding valid/);
});
