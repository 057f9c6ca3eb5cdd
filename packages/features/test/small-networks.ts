import { createWeights, weightShapes, type Network, type NetworkNode, type NetworkWeights } from '../src/index.js';

/** A square RGB image whose pixels become (p − 127.5) / 127.5. */
export function input(side: number): NetworkNode {
  return {
    kind: 'input',
    name: 'image',
    height: side,
    width: side,
    channels: 3,
    scaling: { subtract: 127.5, divide: 127.5 },
  };
}

export function network(nodes: readonly NetworkNode[], output: string): Network {
  return { id: 'small', nodes, output };
}

/** Every kind of node, odd and even extents, paddings that are not symmetric, a normalisation with gamma beside one without. */
export const everyNode = network(
  [
    input(14),
    {
      kind: 'convolution',
      name: 'strided',
      input: 'image',
      filters: 5,
      kernel: [3, 3],
      stride: 2,
      padding: 'same',
      batchNorm: { epsilon: 1e-3, scale: true },
    },
    { kind: 'max-pool', name: 'max', input: 'strided', size: 3, stride: 2, padding: 'same' },
    { kind: 'average-pool', name: 'average', input: 'strided', size: 3, stride: 1, padding: 'same' },
    { kind: 'average-pool', name: 'halved', input: 'average', size: 2, stride: 2, padding: 'same' },
    {
      kind: 'convolution',
      name: 'flat',
      input: 'max',
      filters: 4,
      kernel: [1, 3],
      stride: 1,
      padding: 'same',
      batchNorm: { epsilon: 1e-2, scale: false },
    },
    { kind: 'concat', name: 'both', inputs: ['flat', 'halved'] },
    {
      kind: 'convolution',
      name: 'last',
      input: 'both',
      filters: 6,
      kernel: [2, 1],
      stride: 1,
      padding: 'valid',
      batchNorm: { epsilon: 1e-3, scale: false },
    },
    { kind: 'max-pool', name: 'last-max', input: 'last', size: 2, stride: 1, padding: 'valid' },
    { kind: 'global-average-pool', name: 'pool', input: 'last-max' },
  ],
  'pool',
);

/** A convolution with a bias, and logits with and without theirs, side by side. */
export const classifier = network(
  [
    input(6),
    {
      kind: 'convolution',
      name: 'biased',
      input: 'image',
      filters: 5,
      kernel: [3, 3],
      stride: 1,
      padding: 'same',
    },
    { kind: 'global-average-pool', name: 'pool', input: 'biased' },
    { kind: 'dense', name: 'without-bias', input: 'pool', units: 3, weights: 'logits', bias: false },
    { kind: 'dense', name: 'logits', input: 'pool', units: 3, weights: 'logits', bias: true },
    { kind: 'concat', name: 'both', inputs: ['without-bias', 'logits'] },
  ],
  'both',
);

/** One convolution: enough where the network does not matter. */
export const oneConvolution = network(
  [
    input(5),
    {
      kind: 'convolution',
      name: 'conv',
      input: 'image',
      filters: 4,
      kernel: [3, 3],
      stride: 1,
      padding: 'valid',
      batchNorm: { epsilon: 1e-3, scale: false },
    },
    { kind: 'global-average-pool', name: 'pool', input: 'conv' },
  ],
  'pool',
);

/** Numbers in [−1, 1), variances in [0.5, 1.5): unlike fresh weights, nothing is 0 or 1. */
export function trainedLookingWeights(of: Network): NetworkWeights {
  let state = 1;
  const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const tensors = new Map(
    [...weightShapes(of)].map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      const value = name.endsWith('variance') ? () => 0.5 + next() : () => 2 * next() - 1;
      return [name, { shape, data: data.map(value) }];
    }),
  );
  return createWeights({ id: 'test', provenance: 'test', tensors });
}

/** `count` images of `length` numbers in [−1, 1). */
export function scaledImages(options: { count: number; length: number }): Float32Array {
  let state = 7;
  return new Float32Array(options.count * options.length).map(
    () => (2 * (state = (state * 48271) % 2147483647)) / 2147483647 - 1,
  );
}
