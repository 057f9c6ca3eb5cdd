import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { createWeights, toOnnx } from '../src/index.js';
import { everyNode, network, oneConvolution, trainedLookingWeights } from './small-networks.js';

test('the file loads without any optimisation, and says what goes in and out', async () => {
  const bytes = toOnnx(everyNode, trainedLookingWeights(everyNode));
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'disabled' });
  expect(session.inputMetadata).toMatchObject([{ name: 'image', type: 'float32', shape: ['count', 3, 14, 14] }]);
  expect(session.outputMetadata).toMatchObject([{ name: 'pool/features', type: 'float32', shape: ['count', 6] }]);
  await session.release();
});

test('the file carries where its weights come from', () => {
  const weights = trainedLookingWeights(oneConvolution);
  const text = Buffer.from(toOnnx(oneConvolution, weights)).toString('latin1');
  expect(text).toContain(weights.sha256);
});

// (x − mean) · γ / √(variance + ε) + β with x = 2·1·3 pixels of 1, by hand: (6 − 1) / √(3.999 + 0.001) + 0.5 = 3.
test('batch normalisation is folded as its definition says', async () => {
  const single = network(
    oneConvolution.nodes.map((node) => (node.kind === 'convolution' ? { ...node, kernel: [1, 1], filters: 1 } : node)),
    'pool',
  );
  const vector = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
  const weights = createWeights({
    id: 'test',
    provenance: 'by hand',
    tensors: new Map([
      ['conv/kernel', { shape: [1, 1, 3, 1], data: Float32Array.of(2, 2, 2) }],
      ['conv/beta', vector(0.5)],
      ['conv/moving_mean', vector(1)],
      ['conv/moving_variance', vector(3.999)],
    ]),
  });
  const session = await ort.InferenceSession.create(toOnnx(single, weights));
  const image = new ort.Tensor('float32', new Float32Array(3 * 5 * 5).fill(1), [1, 3, 5, 5]);
  const { 'pool/features': features } = await session.run({ image });
  expect(features!.data[0]).toBeCloseTo(3, 6);
  await session.release();
});

test('an output with spatial extent is refused', () => {
  const open = network(oneConvolution.nodes, 'conv');
  expect(() => toOnnx(open, trainedLookingWeights(open))).toThrow(
    new RangeError("layer 'conv' is 3×3×4, expected a vector: take networkUpTo(network, 'conv')"),
  );
});

test('weights of another network are refused', () => {
  expect(() => toOnnx(oneConvolution, trainedLookingWeights(everyNode))).toThrow(/lack the tensor conv\/kernel/);
});
