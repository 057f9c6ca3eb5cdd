import type { DepthwiseConv2dNativeBackpropInputAttrs, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { depthwisePairs } from '../heap/depthwise-pairs.js';
import type { TfjsCore } from '../tfjs-core.js';
import { floatsOf, wasmKernel } from '../wasm-backend.js';

/** The gradient of the convolution's output (N×H'×W'×C·multiplier) and its filter (height×width×C×multiplier). */
interface Inputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** DepthwiseConv2dNativeBackpropInput: the gradient of a depthwise convolution with respect to its input. */
export function depthwiseConv2dNativeBackpropInput(tf: TfjsCore): KernelConfig {
  const name = 'DepthwiseConv2dNativeBackpropInput';
  return wasmKernel<Inputs, DepthwiseConv2dNativeBackpropInputAttrs>(name, ({ inputs, attrs, backend }) => {
    const geometry = tf.backend_util.computeConv2DInfo(
      attrs.inputShape,
      inputs.filter.shape as [number, number, number, number],
      attrs.strides,
      attrs.dilations,
      attrs.pad,
      attrs.dimRoundingMode,
      true,
    );
    const { inChannels, outChannels } = geometry;
    const multiplier = outChannels / inChannels;
    const result = backend.makeOutput(geometry.inShape, 'float32');
    const gradient = floatsOf(backend, result).fill(0);
    const weights = floatsOf(backend, inputs.filter);
    const dy = backend.typedArrayFromHeap(inputs.dy);
    for (const { input, output, tap, count } of depthwisePairs(geometry)) {
      const filter = tap * outChannels;
      for (let pair = 0; pair < count; pair++) {
        const to = input + pair * geometry.strideWidth * inChannels;
        const from = output + pair * outChannels;
        for (let channel = 0, o = 0; channel < inChannels; channel++) {
          let sum = 0;
          for (let m = 0; m < multiplier; m++, o++) sum += weights[filter + o]! * dy[from + o]!;
          gradient[to + channel]! += sum;
        }
      }
    }
    return result;
  });
}
