import type { backend_util, Conv2DBackpropInputAttrs, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { withScratch, type Scratch } from '../heap/scratch.js';
import { transposeMatrix } from '../heap/transpose-matrix.js';
import { stridePhases, type StridePhase } from '../stride-phases.js';
import type { TfjsCore } from '../tfjs-core.js';
import { floatsOf, runWasmKernel, wasmKernel, type WasmBackend } from '../wasm-backend.js';

/**
 * Conv2DBackpropInput: the gradient of a convolution with respect to its input, which is also the forward pass of a
 * transposed convolution.
 *
 * Each residue class of the input positions modulo the stride is a stride-1 convolution of the output gradient with
 * every stride-th filter tap, reversed ({@link stridePhases}); tfjs-backend-wasm's Conv2D (XNNPACK) computes it and the
 * classes are interleaved. `dataFormat: 'NCHW'` goes to `original`, the backend's own slower kernel.
 */
export function conv2dBackpropInput(tf: TfjsCore, original: KernelConfig): KernelConfig {
  const fast = wasmKernel<Inputs, Conv2DBackpropInputAttrs>('Conv2DBackpropInput', (call) => {
    const { inputs, attrs, backend } = call;
    if (attrs.dataFormat !== 'NHWC') {
      return original.kernelFunc({ inputs: { ...inputs }, backend, attrs: { ...attrs } }) as TensorInfo;
    }
    const geometry = tf.backend_util.computeConv2DInfo(
      attrs.inputShape,
      inputs.filter.shape as [number, number, number, number],
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
      false,
      'channelsLast',
    );
    return withScratch(backend, (scratch) => inputGradient({ tf, backend, scratch, geometry, ...inputs }));
  });
  return { ...original, kernelFunc: fast.kernelFunc };
}

/** The gradient of the convolution's output (N×H'×W'×C') and its filter (height×width×C×C'). */
interface Inputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

interface Gradient extends Inputs {
  readonly tf: TfjsCore;
  readonly backend: WasmBackend;
  readonly scratch: Scratch;
  readonly geometry: backend_util.Conv2DInfo;
}

function inputGradient(gradient: Gradient): TensorInfo {
  const { backend, geometry } = gradient;
  const rows = stridePhases({
    inSize: geometry.inHeight,
    outSize: geometry.outHeight,
    filterSize: geometry.filterHeight,
    stride: geometry.strideHeight,
    padding: geometry.padInfo.top,
  });
  const columns = stridePhases({
    inSize: geometry.inWidth,
    outSize: geometry.outWidth,
    filterSize: geometry.filterWidth,
    stride: geometry.strideWidth,
    padding: geometry.padInfo.left,
  });
  const result = backend.makeOutput(geometry.inShape, 'float32');
  for (const row of rows) {
    for (const column of columns) {
      const values = row.taps * column.taps === 0 ? undefined : correlate(gradient, row, column);
      interleave(
        floatsOf(backend, result),
        geometry,
        row,
        column,
        values && { ...values, data: floatsOf(backend, values) },
      );
      if (values) backend.disposeData(values.dataId);
    }
  }
  return result;
}

/** The output gradient correlated with the taps of one pair of classes. */
function correlate(gradient: Gradient, row: StridePhase, column: StridePhase): TensorInfo {
  const { tf, backend, dy } = gradient;
  const pad = [
    [0, 0],
    [row.padBefore, row.padAfter],
    [column.padBefore, column.padAfter],
    [0, 0],
  ];
  const filter = reversedTaps(gradient, row, column);
  return runWasmKernel(tf, backend, 'Conv2D', { x: dy, filter }, { strides: 1, dilations: 1, pad, dataFormat: 'NHWC' });
}

/** The taps of one pair of classes in reverse order, input and output channels exchanged. */
function reversedTaps(
  { backend, scratch, geometry, filter }: Gradient,
  row: StridePhase,
  column: StridePhase,
): TensorInfo {
  const { filterWidth, inChannels, outChannels, strideHeight, strideWidth } = geometry;
  const taps = scratch.allocate([row.taps, column.taps, outChannels, inChannels]);
  const source = floatsOf(backend, filter);
  const target = floatsOf(backend, taps);
  const size = inChannels * outChannels;
  for (let r = 0; r < row.taps; r++) {
    for (let c = 0; c < column.taps; c++) {
      const tap = (row.firstTap + r * strideHeight) * filterWidth + column.firstTap + c * strideWidth;
      const place = (row.taps - 1 - r) * column.taps + (column.taps - 1 - c);
      transposeMatrix(source, target, {
        rows: inChannels,
        cols: outChannels,
        sourceOffset: tap * size,
        targetOffset: place * size,
      });
    }
  }
  return taps;
}

/** Writes the values of one pair of classes to their positions; without values, zeros. */
function interleave(
  result: Float32Array,
  geometry: backend_util.Conv2DInfo,
  row: StridePhase,
  column: StridePhase,
  values?: { readonly data: Float32Array; readonly shape: readonly number[] },
): void {
  const { batchSize, inHeight, inWidth, inChannels, strideHeight, strideWidth } = geometry;
  const valuesHeight = values?.shape[1] ?? 0;
  const valuesWidth = values?.shape[2] ?? 0;
  for (let image = 0; image < batchSize; image++) {
    for (let m = 0; m < row.size; m++) {
      const line = (image * inHeight + row.offset + m * strideHeight) * inWidth;
      let source = ((image * valuesHeight + m + row.skip) * valuesWidth + column.skip) * inChannels;
      for (let q = 0; q < column.size; q++) {
        const target = (line + column.offset + q * strideWidth) * inChannels;
        if (!values) {
          result.fill(0, target, target + inChannels);
          continue;
        }
        for (let channel = 0; channel < inChannels; channel++) result[target + channel] = values.data[source++]!;
      }
    }
  }
}
