import type { KernelConfig } from '@tensorflow/tfjs-core';
import { batchMatMul } from './kernels/batch-mat-mul.js';
import { conv2dBackpropFilter } from './kernels/conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './kernels/conv2d-backprop-input.js';
import { depthwiseConv2dNativeBackpropFilter } from './kernels/depthwise-conv2d-native-backprop-filter.js';
import { depthwiseConv2dNativeBackpropInput } from './kernels/depthwise-conv2d-native-backprop-input.js';
import { maxPoolGrad } from './kernels/max-pool-grad.js';
import { tile } from './kernels/tile.js';
import { unsortedSegmentSum } from './kernels/unsorted-segment-sum.js';
import type { TfjsCore } from './tfjs-core.js';

/** What {@link registerTrainingKernels} changed in the kernel registry, by kernel name. */
export interface RegisteredKernels {
  /** Kernels that the wasm backend lacked. */
  readonly added: readonly string[];
  /** Kernels that the wasm backend has in a slow or wrong form. */
  readonly replaced: readonly string[];
}

/** Marks our own kernels, so that a second call, also from a second copy of this package, leaves them alone. */
const MARK = Symbol.for('@plateau/tfjs-wasm-training');

/**
 * Registers what tfjs-backend-wasm lacks to train convolutional networks, and replaces what it does slowly or wrongly.
 *
 * Added: the filter gradient of convolutions, both gradients of depthwise (and so separable) convolutions, the gradient
 * of gather (embeddings). Replaced: `Conv2DBackpropInput` (transposed convolutions), `BatchMatMul` (dense layers'
 * gradients) and `Tile` (batch normalisation's gradient), which are slow, and `MaxPoolGrad`, which is wrong where a
 * window holds no positive value.
 *
 * Call it once after importing the wasm backend, before or after `tf.setBackend('wasm')`; a second call changes nothing.
 * Images are NHWC, tfjs's default.
 * @param tf the TensorFlow.js that runs the training, `import * as tf from '@tensorflow/tfjs'` or `…/tfjs-core`
 * @returns the names of the kernels this call added and replaced
 * @throws Error when no wasm backend is registered with this copy of tfjs-core
 * @example
 * registerTrainingKernels(tf).replaced // => ['BatchMatMul', 'Conv2DBackpropInput', 'MaxPoolGrad', 'Tile']
 * registerTrainingKernels(tf).replaced // => []
 */
export function registerTrainingKernels(tf: TfjsCore): RegisteredKernels {
  if (tf.getKernelsForBackend('wasm').length === 0) {
    throw new Error(
      `registerTrainingKernels got a tfjs-core without kernels for backend 'wasm', expected one with them: import ` +
        `'@tensorflow/tfjs-backend-wasm' first, and see that 'npm ls @tensorflow/tfjs-core' shows a single copy`,
    );
  }
  return { added: addMissing(tf), replaced: replaceExisting(tf) };
}

function addMissing(tf: TfjsCore): string[] {
  const kernels = [
    conv2dBackpropFilter(tf),
    depthwiseConv2dNativeBackpropFilter(tf),
    depthwiseConv2dNativeBackpropInput(tf),
    unsortedSegmentSum(tf),
  ].filter(({ kernelName }) => registered(tf, kernelName) === undefined);
  for (const kernel of kernels) tf.registerKernel(marked(kernel));
  return kernels.map(({ kernelName }) => kernelName);
}

function replaceExisting(tf: TfjsCore): string[] {
  const replacements: Record<string, (original: KernelConfig) => KernelConfig> = {
    BatchMatMul: batchMatMul,
    Conv2DBackpropInput: (original) => conv2dBackpropInput(tf, original),
    MaxPoolGrad: (original) => maxPoolGrad(tf, original),
    Tile: tile,
  };
  return Object.keys(replacements).filter((name) => {
    const original = registered(tf, name);
    if (original === undefined || MARK in original) return false;
    // Registering over an existing kernel makes tfjs print a warning.
    tf.unregisterKernel(name, 'wasm');
    tf.registerKernel(marked(replacements[name]!(original)));
    return true;
  });
}

/** The registry's `getKernel` is typed as if every kernel existed. */
function registered(tf: TfjsCore, name: string): KernelConfig | undefined {
  return tf.getKernel(name, 'wasm') as KernelConfig | undefined;
}

function marked(kernel: KernelConfig): KernelConfig {
  return { ...kernel, [MARK]: true } as KernelConfig;
}
