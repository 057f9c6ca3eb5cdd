import { describe, expect, it } from 'vitest';
import { largestDifference, onBackend, tf, values } from './backends.js';

interface Case {
  readonly image: [number, number, number, number];
  readonly filter: [number, number];
  readonly multiplier: number;
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
}

describe('gradients of depthwiseConv2d agree with the cpu backend to 1e-4', () => {
  it.each<Case>([
    { image: [2, 8, 8, 3], filter: [3, 3], multiplier: 1, strides: 1, pad: 'same' },
    { image: [2, 9, 7, 4], filter: [3, 3], multiplier: 2, strides: 2, pad: 'same' },
    { image: [1, 10, 11, 2], filter: [5, 4], multiplier: 3, strides: 1, pad: 'valid' },
    { image: [1, 7, 7, 3], filter: [2, 2], multiplier: 1, strides: 3, pad: 'valid' },
    { image: [2, 5, 5, 2], filter: [3, 3], multiplier: 1, strides: 1, pad: 2 },
    { image: [1, 6, 6, 1], filter: [1, 1], multiplier: 4, strides: 2, pad: 'same' },
  ])('image $image, filter $filter, multiplier $multiplier, stride $strides, pad $pad', async (c) => {
    const difference = await largestDifference(() => {
      const x = values(c.image, 1) as tf.Tensor4D;
      const filter = values([...c.filter, c.image[3], c.multiplier], 2) as tf.Tensor4D;
      const forward = (a: tf.Tensor, b: tf.Tensor) =>
        tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, c.strides, c.pad);
      return tf.grads(forward)([x, filter], values(forward(x, filter).shape, 3));
    });
    expect(difference).toBeLessThan(1e-4);
  });

  it('holds for separable convolutions', async () => {
    const difference = await largestDifference(() => {
      const inputs = [values([2, 6, 6, 3], 1), values([3, 3, 3, 2], 2), values([1, 1, 6, 4], 3)];
      const forward = (x: tf.Tensor, depthwise: tf.Tensor, pointwise: tf.Tensor) =>
        tf.separableConv2d(x as tf.Tensor4D, depthwise as tf.Tensor4D, pointwise as tf.Tensor4D, 1, 'same');
      return tf.grads(forward)(inputs, values([2, 6, 6, 4], 4));
    });
    expect(difference).toBeLessThan(1e-4);
  });
});

describe('dilated depthwise convolutions', () => {
  // A filter dilated by 2 is a larger filter with zeros in between; the cpu backend ignores the dilation.
  const attributes = { strides: 1, pad: 'valid', dilations: [1, 1] };
  const dilated = { ...attributes, dilations: [2, 2] };

  it('have the input gradient of the filter with zeros in between', async () => {
    const [[apart]] = await gradientDifference(() => {
      const dy = values([1, 4, 4, 2], 1);
      const filter = values([2, 2, 2, 1], 2);
      const wide = tf.reshape(
        tf.slice(
          tf
            .stack([tf.stack([filter, tf.zerosLike(filter)], 2).reshape([2, 4, 2, 1]), tf.zeros([2, 4, 2, 1])], 1)
            .reshape([4, 4, 2, 1]),
          [0, 0, 0, 0],
          [3, 3, 2, 1],
        ),
        [3, 3, 2, 1],
      );
      const name = 'DepthwiseConv2dNativeBackpropInput';
      const inputShape = [1, 6, 6, 2];
      const narrow = tf.engine().runKernel(name, { dy, filter }, { ...dilated, inputShape }) as tf.Tensor;
      const expected = tf.engine().runKernel(name, { dy, filter: wide }, { ...attributes, inputShape }) as tf.Tensor;
      return tf.max(tf.abs(tf.sub(narrow, expected)));
    });
    expect(apart).toBeLessThan(1e-6);
  });

  it('have the filter gradient of the filter with zeros in between, at its taps', async () => {
    const [[apart]] = await gradientDifference(() => {
      const inputs = { x: values([2, 6, 6, 2], 1), dy: values([2, 4, 4, 2], 2) };
      const name = 'DepthwiseConv2dNativeBackpropFilter';
      const narrow = tf.engine().runKernel(name, inputs, { ...dilated, filterShape: [2, 2, 2, 1] }) as tf.Tensor;
      const wide = tf.engine().runKernel(name, inputs, { ...attributes, filterShape: [3, 3, 2, 1] }) as tf.Tensor;
      const taps = tf.stridedSlice(wide, [0, 0, 0, 0], [3, 3, 2, 1], [2, 2, 1, 1]);
      return tf.max(tf.abs(tf.sub(narrow, taps)));
    });
    expect(apart).toBeLessThan(1e-6);
  });
});

async function gradientDifference(body: () => tf.Tensor): Promise<number[][]> {
  return (await onBackend('wasm', body)).map((tensor) => tensor.values);
}
