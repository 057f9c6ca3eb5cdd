import type { Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { createTfjsEngine } from '../src/engines/tfjs-engine.js';
import { describeInceptionV3, networkUpTo, toLayersModel } from '../src/index.js';
import { inputOf } from '../src/network/network.js';
import { plainForward } from './plain-forward.js';
import { everyNode, scaledImages, trainedLookingWeights } from './small-networks.js';
import { useWasm } from './use-wasm.js';

// Expected values: plainForward, loops in float64 that share no code with the engines.

const COUNT = 2;
const { height, width, channels } = inputOf(everyNode);
const weights = trainedLookingWeights(everyNode);
const images = scaledImages({ count: COUNT, length: height * width * channels });
const expected = Array.from({ length: COUNT }, (_, i) =>
  plainForward(everyNode, weights, images.subarray((i * images.length) / COUNT, ((i + 1) * images.length) / COUNT)),
).flat();

test('the expected values are worth comparing with: none is lost to a ReLU for both images', () => {
  expect(expected.some((value) => value > 0.1)).toBe(true);
  expect(new Set(expected).size).toBeGreaterThan(expected.length / 2);
});

test('onnxruntime computes what the definitions say', async () => {
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), everyNode, weights);
  const features = await engine.run(channelsFirst(images), { count: COUNT });
  expectClose(features, expected);
  engine.dispose();
});

test.each([
  [
    { code: 'ERR_MODULE_NOT_FOUND', message: "Cannot find package 'onnxruntime-node' imported from a.js" },
    'onnxruntime-node is not installed: npm install onnxruntime-node',
  ],
  [
    { code: 'ERR_DLOPEN_FAILED', message: 'libonnxruntime.so.1: cannot open shared object file\nat somewhere' },
    "onnxruntime-node doesn't load (libonnxruntime.so.1: cannot open shared object file): npm install onnxruntime-node",
  ],
])('an onnxruntime that Node cannot load ($code) is reported in one line', async (failure, message) => {
  const load = () => Promise.reject(Object.assign(new Error(), failure));
  await expect(importOnnxruntime(load)).rejects.toThrow(new Error(message));
});

test.each(['wasm', 'cpu'])('tfjs-%s computes what the definitions say', async (backend) => {
  const tf = await useWasm();
  await tf.setBackend(backend);
  const engine = await createTfjsEngine(tf, everyNode, weights);
  expect(engine.name).toBe(`tfjs-${backend}`);
  expectClose(await engine.run(images, { count: COUNT }), expected);
  engine.dispose();
});

test('the trainable model computes what the definitions say', async () => {
  const tf = await useWasm();
  const model = toLayersModel(tf, everyNode, weights);
  const features = tf.tidy(() =>
    (model.predict(tf.tensor4d(images, [COUNT, height, width, channels])) as Tensor).dataSync(),
  );
  expectClose(features, expected);
  model.dispose();
});

test('the trainable model trains kernels and offsets, not the running statistics', async () => {
  const tf = await useWasm();
  const model = toLayersModel(tf, everyNode, weights);
  const trained = model.trainableWeights.map(({ originalName }) => originalName.replace(/_\d+$/, ''));
  expect(trained.sort()).toEqual(
    [
      'strided/conv/kernel',
      'strided/norm/gamma',
      'strided/norm/beta',
      'flat/conv/kernel',
      'flat/norm/beta',
      'last/conv/kernel',
      'last/norm/beta',
    ].sort(),
  );
  model.dispose();
});

test('tfjs keeps no tensor, neither after a run nor after dispose', async () => {
  const tf = await useWasm();
  const before = tf.memory().numTensors;
  const engine = await createTfjsEngine(tf, everyNode, weights);
  const opened = tf.memory().numTensors;
  await engine.run(images, { count: COUNT });
  expect(tf.memory().numTensors).toBe(opened);
  engine.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a real block agrees: InceptionV3 up to mixed0, shrunk to 79×79 pixels', async () => {
  const { nodes, output } = networkUpTo(describeInceptionV3({ variant: 'keras' }), 'mixed0');
  const shrunk = {
    id: 'stem and mixed0',
    output,
    nodes: nodes.map((node) => (node.kind === 'input' ? { ...node, height: 79, width: 79 } : node)),
  };
  const blockWeights = trainedLookingWeights(shrunk);
  const image = scaledImages({ count: 1, length: 79 * 79 * 3 });
  const reference = plainForward(shrunk, blockWeights, image);
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), shrunk, blockWeights);
  expectClose(await engine.run(channelsFirst(image, { count: 1, size: 79 * 79 }), { count: 1 }), reference);
  engine.dispose();
});

function channelsFirst(
  pixels: Float32Array,
  { count, size }: { count: number; size: number } = { count: COUNT, size: height * width },
): Float32Array {
  const result = new Float32Array(pixels.length);
  for (let image = 0; image < count; image++) {
    for (let pixel = 0; pixel < size; pixel++) {
      for (let c = 0; c < 3; c++) result[(image * 3 + c) * size + pixel] = pixels[(image * size + pixel) * 3 + c]!;
    }
  }
  return result;
}

/** Within float32 rounding: 1e-5 of the largest value. */
function expectClose(actual: ArrayLike<number>, reference: readonly number[]): void {
  expect(actual.length).toBe(reference.length);
  const tolerance = 1e-5 * Math.max(...reference.map(Math.abs));
  const worst = Math.max(...reference.map((value, i) => Math.abs(value - actual[i]!)));
  expect(worst).toBeLessThan(tolerance);
}
