import type { backend_util, Conv2DBackpropFilterAttrs, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { withScratch, type Scratch } from '../heap/scratch.js';
import { shiftedPlanes, type OutputLines } from '../heap/shifted-planes.js';
import { transposeMatrix } from '../heap/transpose-matrix.js';
import type { TfjsCore } from '../tfjs-core.js';
import { floatsOf, runWasmKernel, wasmKernel, type WasmBackend } from '../wasm-backend.js';

/** Limits of one product: beyond them its packed operand leaves the second-level cache, or the heap grows for little. */
const MAX_POSITIONS = 8192;
const MAX_SCRATCH_FLOATS = 8 * 1024 * 1024;

/**
 * Conv2DBackpropFilter: the gradient of a convolution with respect to its filter.
 *
 * The gradient is the matrix product Xᵀ·dY, where X (output positions × taps and input channels) is the im2col matrix
 * of the padded input. Xᵀ is written to the heap for some output lines at a time, and tfjs-backend-wasm's untransposed
 * matrix product (XNNPACK) does the arithmetic.
 * @throws Error for `dataFormat: 'NCHW'`, which the wasm backend's Conv2D refuses as well
 */
export function conv2dBackpropFilter(tf: TfjsCore): KernelConfig {
  return wasmKernel<Inputs, Conv2DBackpropFilterAttrs>('Conv2DBackpropFilter', (call) => {
    const { inputs, attrs, backend } = call;
    if (attrs.dataFormat !== 'NHWC') {
      throw new Error(
        `Conv2DBackpropFilter on the wasm backend got dataFormat '${attrs.dataFormat}', expected 'NHWC': ` +
          `transpose the images to NHWC, or use the layers' default dataFormat 'channelsLast'`,
      );
    }
    const geometry = tf.backend_util.computeConv2DInfo(
      inputs.x.shape as [number, number, number, number],
      attrs.filterShape,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
      false,
      'channelsLast',
    );
    return withScratch(backend, (scratch) => filterGradient({ tf, backend, scratch, geometry, ...inputs }));
  });
}

/** The convolution's input (N×H×W×C) and the gradient of its output (N×H'×W'×C'). */
interface Inputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

interface Gradient extends Inputs {
  readonly tf: TfjsCore;
  readonly backend: WasmBackend;
  readonly scratch: Scratch;
  readonly geometry: backend_util.Conv2DInfo;
}

function filterGradient(gradient: Gradient): TensorInfo {
  const { backend, scratch, geometry, x } = gradient;
  const { batchSize, filterHeight, filterWidth, inChannels, outHeight, outWidth } = geometry;
  const pixels = batchSize * geometry.inHeight * geometry.inWidth;
  const rows = filterHeight * filterWidth * inChannels;
  const allLines = batchSize * outHeight;
  const positionsAtOnce = Math.min(MAX_POSITIONS, MAX_SCRATCH_FLOATS / rows);
  const linesAtOnce = Math.min(allLines, Math.max(1, Math.floor(positionsAtOnce / outWidth)));

  const sum = backend.makeOutput(geometry.filterShape, 'float32');
  const planes = scratch.allocate([inChannels, pixels]);
  const columns = scratch.allocate([rows, linesAtOnce * outWidth]);
  transposeMatrix(backend.typedArrayFromHeap(x), floatsOf(backend, planes), { rows: pixels, cols: inChannels });
  floatsOf(backend, sum).fill(0);

  for (let first = 0; first < allLines; first += linesAtOnce) {
    const lines = { first, count: Math.min(linesAtOnce, allLines - first) };
    shiftedPlanes(floatsOf(backend, planes), floatsOf(backend, columns), geometry, lines);
    withScratch(backend, (chunk) => {
      const product = productOverLines({ ...gradient, scratch: chunk }, columns, lines);
      addTo(floatsOf(backend, sum), floatsOf(backend, product));
    });
  }
  return sum;
}

/** The matrix product over some output lines, whose im2col matrix is in `columns`. */
function productOverLines(gradient: Gradient, columns: TensorInfo, lines: OutputLines): TensorInfo {
  const { tf, backend, scratch, geometry, dy } = gradient;
  const positions = lines.count * geometry.outWidth;
  const begin = lines.first * geometry.outWidth * geometry.outChannels;
  // XNNPACK keeps the packed right operand for as long as its tensor lives: each product needs a tensor of its own.
  const right = scratch.allocate([positions, geometry.outChannels]);
  floatsOf(backend, right).set(floatsOf(backend, dy).subarray(begin, begin + positions * geometry.outChannels));
  const left = { ...columns, shape: [columns.shape[0]!, positions] };
  const attrs = { transposeA: false, transposeB: false };
  return scratch.adopt(runWasmKernel(tf, backend, 'BatchMatMul', { a: left, b: right }, attrs));
}

function addTo(sum: Float32Array, values: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
}
