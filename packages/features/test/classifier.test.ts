import { expect, test } from 'vitest';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { createTfjsEngine } from '../src/engines/tfjs-engine.js';
import { inferShapes } from '../src/network/infer-shapes.js';
import { channelsFirst, expectClose } from './forward-case.js';
import { plainForward } from './plain-forward.js';
import { classifier, scaledImages, trainedLookingWeights } from './small-networks.js';
import { useWasm } from './use-wasm.js';

const weights = trainedLookingWeights(classifier);
const image = scaledImages({ count: 1, length: 6 * 6 * 3 });
const expected = plainForward(classifier, weights, image);

test('logits differ from those without bias by the bias', () => {
  const bias = weights.tensors.get('logits/bias')!.data;
  bias.forEach((value, i) => expect(expected[3 + i]! - expected[i]!).toBeCloseTo(value, 6));
});

test('onnxruntime computes convolutions with a bias and logits as the definitions say', async () => {
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), classifier, weights);
  expectClose(await engine.run(channelsFirst(image, { count: 1 }), { count: 1 }), expected);
  engine.dispose();
});

test('tfjs computes them, too', async () => {
  const engine = await createTfjsEngine(await useWasm(), classifier, weights);
  expectClose(await engine.run(image, { count: 1 }), expected);
  engine.dispose();
});

test('a dense layer on an image that is not pooled is refused', () => {
  const nodes = classifier.nodes.map((node) => (node.kind === 'dense' ? { ...node, input: 'biased' } : node));
  expect(() => inferShapes({ ...classifier, nodes })).toThrow(
    "node 'without-bias' reads 6×6 pixels, expected a vector: pool the image first",
  );
});
