import { describe, expect, it } from 'vitest';
import { largestDifference, tf, values } from './backends.js';

// The expected gradients are those of the cpu backend of TensorFlow.js, whose kernels are plain loops.
type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];

interface Case {
  readonly image: [number, number, number, number];
  readonly filter: [number, number];
  readonly outChannels: number;
  readonly strides: number | [number, number];
  readonly pad: Pad;
  readonly round?: 'floor' | 'round' | 'ceil';
}

const cases: Case[] = [
  { image: [2, 8, 8, 3], filter: [3, 3], outChannels: 4, strides: 1, pad: 'same' },
  { image: [2, 8, 8, 3], filter: [4, 4], outChannels: 4, strides: 2, pad: 'same' },
  { image: [1, 9, 7, 2], filter: [5, 5], outChannels: 3, strides: 2, pad: 'same' },
  { image: [3, 7, 9, 1], filter: [5, 3], outChannels: 1, strides: 3, pad: 'same' },
  { image: [2, 11, 10, 2], filter: [3, 3], outChannels: 5, strides: 2, pad: 'valid' },
  { image: [2, 10, 10, 2], filter: [2, 2], outChannels: 3, strides: 3, pad: 'valid' },
  { image: [1, 13, 5, 2], filter: [4, 1], outChannels: 2, strides: [3, 1], pad: 'valid' },
  { image: [2, 6, 6, 5], filter: [1, 1], outChannels: 7, strides: 1, pad: 'same' },
  { image: [2, 7, 7, 5], filter: [1, 1], outChannels: 3, strides: 2, pad: 'same' },
  { image: [2, 5, 6, 2], filter: [1, 1], outChannels: 3, strides: 1, pad: 2 },
  { image: [1, 6, 6, 2], filter: [3, 3], outChannels: 2, strides: 1, pad: 2 },
  { image: [1, 7, 7, 2], filter: [3, 3], outChannels: 2, strides: 2, pad: 1, round: 'floor' },
  { image: [1, 8, 7, 2], filter: [3, 4], outChannels: 2, strides: 2, pad: 4, round: 'floor' },
  {
    image: [2, 6, 8, 3],
    filter: [3, 3],
    outChannels: 2,
    strides: 1,
    pad: [
      [0, 0],
      [0, 2],
      [1, 0],
      [0, 0],
    ],
  },
  {
    image: [1, 9, 8, 2],
    filter: [3, 3],
    outChannels: 2,
    strides: 2,
    pad: [
      [0, 0],
      [3, 0],
      [0, 5],
      [0, 0],
    ],
  },
  { image: [1, 4, 4, 2], filter: [4, 4], outChannels: 3, strides: 1, pad: 'valid' },
  { image: [1, 3, 3, 2], filter: [5, 5], outChannels: 3, strides: 4, pad: 'same' },
  { image: [1, 2, 2, 1], filter: [2, 2], outChannels: 1, strides: 5, pad: 'valid' },
  // More output positions than one product takes, so that the sum runs over several of them.
  { image: [3, 70, 71, 2], filter: [3, 3], outChannels: 2, strides: 1, pad: 'same' },
];

const name = ({ image, filter, outChannels, strides, pad }: Case) =>
  `image ${image}, filter ${filter}, ${outChannels} out, stride ${strides}, pad ${JSON.stringify(pad)}`;

describe('gradients of conv2d agree with the cpu backend to 1e-4', () => {
  it.each(cases.map((c) => [name(c), c] as const))('%s', async (_, c) => {
    const difference = await largestDifference(() => {
      const x = values(c.image, 1) as tf.Tensor4D;
      const filter = values([...c.filter, c.image[3], c.outChannels], 2) as tf.Tensor4D;
      const forward = (a: tf.Tensor, b: tf.Tensor) =>
        tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, c.strides, c.pad, 'NHWC', 1, c.round);
      const outputGradient = values(forward(x, filter).shape, 3);
      return tf.grads(forward)([x, filter], outputGradient);
    });
    expect(difference).toBeLessThan(1e-4);
  });
});

describe('conv2dTranspose and its gradients agree with the cpu backend to 1e-4', () => {
  it.each([
    { small: [2, 4, 4, 3], filter: [4, 4], channels: 2, stride: 2, pad: 'same' as const, size: 8 },
    { small: [2, 4, 4, 3], filter: [5, 5], channels: 2, stride: 2, pad: 'same' as const, size: 8 },
    { small: [1, 3, 3, 2], filter: [3, 3], channels: 1, stride: 3, pad: 'same' as const, size: 7 },
    { small: [1, 3, 3, 2], filter: [4, 4], channels: 3, stride: 2, pad: 'valid' as const, size: 8 },
    { small: [1, 3, 3, 2], filter: [2, 2], channels: 3, stride: 3, pad: 'valid' as const, size: 9 },
  ])('$small to $size, filter $filter, stride $stride, $pad', async (c) => {
    const difference = await largestDifference(() => {
      const x = values(c.small, 1) as tf.Tensor4D;
      const filter = values([...c.filter, c.channels, c.small[3]!], 2) as tf.Tensor4D;
      const shape: [number, number, number, number] = [c.small[0]!, c.size, c.size, c.channels];
      const forward = (a: tf.Tensor, b: tf.Tensor) =>
        tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, shape, c.stride, c.pad);
      return [forward(x, filter), ...tf.grads(forward)([x, filter], values(shape, 3))];
    });
    expect(difference).toBeLessThan(1e-4);
  });
});

describe('conv2d in NCHW', () => {
  it('refuses the filter gradient and names the remedy', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const inputs = { x: values([1, 2, 4, 4], 1), dy: values([1, 3, 4, 4], 2) };
      const attrs = { strides: 1, pad: 'same', dataFormat: 'NCHW', filterShape: [3, 3, 2, 3] };
      expect(() => tf.engine().runKernel('Conv2DBackpropFilter', inputs, attrs)).toThrow(/got dataFormat 'NCHW'/);
    });
  });

  it('keeps the input gradient of the backend itself', async () => {
    const difference = await largestDifference(() => {
      const inputs = { dy: values([1, 3, 4, 4], 1), filter: values([3, 3, 2, 3], 2) };
      const attrs = { strides: 1, pad: 'same', dataFormat: 'NCHW', inputShape: [1, 2, 4, 4] };
      return tf.engine().runKernel('Conv2DBackpropInput', inputs, attrs) as tf.Tensor;
    });
    expect(difference).toBeLessThan(1e-4);
  });
});
