import { expect, test } from 'vitest';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { describeInceptionV3, networkUpTo } from '../src/index.js';
import { channelsFirst, count, expectClose, expected, images, weights } from './forward-case.js';
import { plainForward } from './plain-forward.js';
import { everyNode, scaledImages, trainedLookingWeights } from './small-networks.js';

test('the expected values are worth comparing with: most differ, some are well above 0', () => {
  expect(expected.some((value) => value > 0.1)).toBe(true);
  expect(new Set(expected).size).toBeGreaterThan(expected.length / 2);
});

test('onnxruntime computes what the definitions say', async () => {
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), everyNode, weights);
  const features = await engine.run(channelsFirst(images, { count }), { count });
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
  expectClose(await engine.run(channelsFirst(image, { count: 1 }), { count: 1 }), reference);
  engine.dispose();
});
