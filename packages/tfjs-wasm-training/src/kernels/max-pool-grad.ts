import type { KernelConfig, MaxPoolGradAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { TfjsCore } from '../tfjs-core.js';
import { floatsOf, wasmKernel } from '../wasm-backend.js';

/** The pooling's input (N×H×W×C) and the gradient of its output (N×H'×W'×C). */
interface Inputs {
  readonly input: TensorInfo;
  readonly dy: TensorInfo;
}

/**
 * MaxPoolGrad: passes the gradient of each pooling window to the window's first largest value.
 *
 * Takes the place of tfjs-backend-wasm 4.22's own kernel, which starts its search at the smallest positive float and so
 * drops the gradient of every window that holds no positive value.
 */
export function maxPoolGrad(tf: TfjsCore, original: KernelConfig): KernelConfig {
  const correct = wasmKernel<Inputs, MaxPoolGradAttrs>('MaxPoolGrad', ({ inputs, attrs, backend }) => {
    const geometry = tf.backend_util.computePool2DInfo(
      inputs.input.shape as [number, number, number, number],
      attrs.filterSize,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    );
    const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth, padInfo } = geometry;
    const result = backend.makeOutput(geometry.inShape, 'float32');
    const gradient = floatsOf(backend, result).fill(0);
    const values = backend.typedArrayFromHeap(inputs.input);
    const dy = floatsOf(backend, inputs.dy);
    let output = 0;
    for (let image = 0; image < batchSize; image++) {
      for (let outRow = 0; outRow < outHeight; outRow++) {
        const top = outRow * geometry.strideHeight - padInfo.top;
        const [firstRow, endRow] = [Math.max(0, top), Math.min(inHeight, top + geometry.filterHeight)];
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const left = outColumn * geometry.strideWidth - padInfo.left;
          const [firstColumn, endColumn] = [Math.max(0, left), Math.min(inWidth, left + geometry.filterWidth)];
          for (let channel = 0; channel < channels; channel++, output++) {
            let largest = -Infinity;
            let place = -1;
            for (let row = firstRow; row < endRow; row++) {
              const line = (image * inHeight + row) * inWidth;
              for (let column = firstColumn; column < endColumn; column++) {
                const index = (line + column) * channels + channel;
                if (values[index]! > largest) {
                  largest = values[index]!;
                  place = index;
                }
              }
            }
            if (place >= 0) gradient[place]! += dy[output]!;
          }
        }
      }
    }
    return result;
  });
  return { ...original, kernelFunc: correct.kernelFunc };
}
