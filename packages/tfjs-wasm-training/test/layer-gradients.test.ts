import { describe, expect, it } from 'vitest';
import { largestDifference, tf, values } from './backends.js';

// One loss per layer or operation that image networks are made of; the expected gradients are the cpu backend's.
const image: [number, number, number, number] = [2, 7, 6, 4];
const operations: Record<string, (x: tf.Tensor4D) => tf.Tensor> = {
  'max pooling': (x) => tf.maxPool(x, 2, 2, 'same'),
  'overlapping max pooling': (x) => tf.maxPool(x, 3, 1, 'valid'),
  'max pooling of negative values': (x) => tf.maxPool(tf.sub(x, 2) as tf.Tensor4D, 2, 2, 'valid'),
  'max pooling with ties': (x) => tf.maxPool(tf.round(x) as tf.Tensor4D, 3, 2, 'same'),
  'average pooling': (x) => tf.avgPool(x, 3, 2, 'same'),
  'global average pooling': (x) => tf.mean(x, [1, 2]),
  'reflection padding': (x) =>
    tf.pad4d(x, [
      [0, 0],
      [1, 2],
      [2, 0],
      [0, 0],
    ]),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(tf.mul(x, 8)),
  'leaky relu': (x) => tf.leakyRelu(x, 0.2),
  prelu: (x) => tf.prelu(x, tf.tensor4d([0.1, 0.2, 0.3, 0.4], [1, 1, 1, 4])),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  softplus: (x) => tf.softplus(x),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  softmax: (x) => tf.softmax(x),
  'log softmax': (x) => tf.logSoftmax(x),
  'log sum exp': (x) => tf.logSumExp(x, [1, 2]),
  'batch normalisation': (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, tf.tensor1d([1, 2, 3, 4]), tf.ones([4]));
  },
  'layer normalisation': (x) => {
    const { mean, variance } = tf.moments(x, [3], true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
  },
  dropout: (x) => tf.dropout(x, 0.4, undefined, 7),
  concatenation: (x) => tf.concat([x, tf.square(x)], 3),
  slicing: (x) => tf.slice(x, [0, 1, 2, 0], [2, 4, 3, 2]),
  'depth to space': (x) => tf.reshape(tf.transpose(tf.reshape(x, [2, 7, 6, 2, 2]), [0, 1, 3, 2, 4]), [2, 14, 12, 1]),
  gather: (x) => tf.gather(x, tf.tensor1d([0, 3, 3], 'int32'), 3),
  'dense layer': (x) => tf.matMul(tf.reshape(x, [2, 168]), values([168, 5], 3) as tf.Tensor2D),
  maximum: (x) => tf.maximum(x, 0.1),
  clipping: (x) => tf.clipByValue(x, -0.3, 0.3),
  'absolute value': (x) => tf.abs(x),
  'local response normalisation': (x) => tf.localResponseNormalization(x, 2),
};

describe('gradients with respect to the input agree with the cpu backend to 1e-4', () => {
  it.each(Object.entries(operations))('%s', async (_, operation) => {
    const difference = await largestDifference(() => {
      const x = values(image, 1) as tf.Tensor4D;
      return tf.grad((a) => operation(a as tf.Tensor4D))(x, values(operation(x).shape, 2));
    });
    expect(difference).toBeLessThan(1e-4);
  });
});

describe('gradients of resizing', () => {
  // A resize is linear, so its gradient A' obeys ⟨A'y, x⟩ = ⟨y, Ax⟩. The cpu backend is no reference here: its bilinear
  // gradient exchanges height and width, and its nearest-neighbour gradient reads past the end of its input.
  it.each([
    { method: 'resizeBilinear' as const, size: [14, 12] as [number, number], alignCorners: false },
    { method: 'resizeBilinear' as const, size: [5, 9] as [number, number], alignCorners: true },
    { method: 'resizeNearestNeighbor' as const, size: [14, 12] as [number, number], alignCorners: false },
    { method: 'resizeNearestNeighbor' as const, size: [3, 3] as [number, number], alignCorners: false },
  ])('$method to $size, corners aligned: $alignCorners, is the adjoint', async ({ method, size, alignCorners }) => {
    await tf.setBackend('wasm');
    const [left, right] = tf.tidy(() => {
      const x = values(image, 1) as tf.Tensor4D;
      const resize = (a: tf.Tensor) => tf.image[method](a as tf.Tensor4D, size, alignCorners);
      const y = values(resize(x).shape, 2);
      return [tf.sum(tf.mul(tf.grad(resize)(x, y), x)), tf.sum(tf.mul(y, resize(x)))].map((t) => t.dataSync()[0]!);
    });
    expect(left).toBeCloseTo(right!, 4);
  });
});
