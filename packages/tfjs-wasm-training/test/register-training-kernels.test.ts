import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { registerTrainingKernels } from '../src/index.js';

describe('registerTrainingKernels', () => {
  it('says what to do where the wasm backend is not there', () => {
    expect(() => registerTrainingKernels(tf)).toThrow(/import '@tensorflow\/tfjs-backend-wasm' first/);
  });

  it('registers once, without a warning, and before the backend is set up', async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    const warn = vi.spyOn(console, 'warn');
    expect(registerTrainingKernels(tf)).toEqual({
      added: [
        'Conv2DBackpropFilter',
        'DepthwiseConv2dNativeBackpropFilter',
        'DepthwiseConv2dNativeBackpropInput',
        'UnsortedSegmentSum',
      ],
      replaced: ['BatchMatMul', 'Conv2DBackpropInput', 'MaxPoolGrad', 'Tile'],
    });
    expect(registerTrainingKernels(tf)).toEqual({ added: [], replaced: [] });
    expect(warn).not.toHaveBeenCalled();

    await tf.setBackend('wasm');
    const product = tf.matMul([[1, 2]], [[3], [4]]);
    expect(product.dataSync()[0]).toBe(11);
    product.dispose();
  });
});
