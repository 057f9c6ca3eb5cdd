import type { DepthwiseConv2dNativeBackpropFilterAttrs, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { depthwisePairs } from '../heap/depthwise-pairs.js';
import type { TfjsCore } from '../tfjs-core.js';
import { floatsOf, wasmKernel } from '../wasm-backend.js';

/** The convolution's input (N×H×W×C) and the gradient of its output (N×H'×W'×C·multiplier). */
interface Inputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** DepthwiseConv2dNativeBackpropFilter: the gradient of a depthwise convolution with respect to its filter. */
export function depthwiseConv2dNativeBackpropFilter(tf: TfjsCore): KernelConfig {
  const name = 'DepthwiseConv2dNativeBackpropFilter';
  return wasmKernel<Inputs, DepthwiseConv2dNativeBackpropFilterAttrs>(name, ({ inputs, attrs, backend }) => {
    const geometry = tf.backend_util.computeConv2DInfo(
      inputs.x.shape as [number, number, number, number],
      attrs.filterShape,
      attrs.strides,
      attrs.dilations,
      attrs.pad,
      attrs.dimRoundingMode,
      true,
    );
    const { inChannels, outChannels } = geometry;
    const multiplier = outChannels / inChannels;
    const result = backend.makeOutput(geometry.filterShape, 'float32');
    const gradient = floatsOf(backend, result).fill(0);
    const x = backend.typedArrayFromHeap(inputs.x);
    const dy = backend.typedArrayFromHeap(inputs.dy);
    for (const { input, output, tap, count } of depthwisePairs(geometry)) {
      const filter = tap * outChannels;
      for (let pair = 0; pair < count; pair++) {
        const from = input + pair * geometry.strideWidth * inChannels;
        const to = output + pair * outChannels;
        for (let channel = 0, o = 0; channel < inChannels; channel++) {
          const value = x[from + channel]!;
          for (let m = 0; m < multiplier; m++, o++) gradient[filter + o]! += value * dy[to + o]!;
        }
      }
    }
    return result;
  });
}
