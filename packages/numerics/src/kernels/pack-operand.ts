import type { KernelExports } from './kernel-exports.js';
import type { Operand } from './operand.js';

/** Elements that are copied into the kernels' memory before they are packed: they stay in the second-level cache. */
export const STAGED_ELEMENTS = 32_768;

/** Vectors `first`… of an operand and the part of their depth to pack; where in the kernels' memory things lie. */
export interface PackRequest {
  readonly first: number;
  readonly count: number;
  readonly from: number;
  readonly depth: number;
  /** Room for the longest stored row, float64. */
  readonly center: number;
  /** Room for `STAGED_ELEMENTS` float64. */
  readonly staging: number;
  /** Room for the packed panels: `count` and `depth` rounded up to four and two. */
  readonly destination: number;
}

/** Packs part of an operand into panels of four vectors, padded with zeros to whole panels and an even depth. */
export function packOperand(kernels: KernelExports, operand: Operand, request: PackRequest): void {
  if (operand.layout === 'rows') packRows(kernels, operand, request);
  else packColumns(kernels, operand, request);
}

function packRows(kernels: KernelExports, operand: Operand, request: PackRequest): void {
  const pack = operand.data instanceof Float32Array ? kernels.packRows32 : kernels.packRows64;
  stageRows(kernels, operand, request, (rows, padded, done) => {
    pack(request.staging, rows, padded, request.center, request.destination + done * padded * 8);
  });
}

/** Packs rows of an operand, times `scale`, into panels of float32. */
export function packSingleRows(kernels: KernelExports, operand: Operand, scale: number, request: PackRequest): void {
  const shift = operand.data instanceof Float32Array ? 2 : 3;
  stageRows(kernels, operand, request, (rows, padded, done) => {
    const destination = request.destination + done * padded * 4;
    kernels.packSingle(request.staging, shift, rows, padded, request.center, scale, destination);
  });
}

/** Copies rows in groups to the staging area; `pack` gets their number and depth, both padded, and how many went before. */
function stageRows(
  kernels: KernelExports,
  operand: Operand,
  request: PackRequest,
  pack: (rows: number, padded: number, done: number) => void,
): void {
  const { first, count, from, depth, center, staging } = request;
  const { data, offset, stride } = operand;
  const padded = (depth + 1) & ~1;
  stageCenter(kernels, operand, center, from, depth, padded);
  const staged = stagingArea(kernels, operand, staging);
  const groupRows = Math.max(4, Math.floor(STAGED_ELEMENTS / padded) & ~3);
  for (let done = 0; done < count; done += groupRows) {
    const group = Math.min(groupRows, count - done);
    const filled = (group + 3) & ~3;
    const start = offset + (first + done) * stride + from;
    if (padded !== depth) staged.fill(0, 0, filled * padded);
    copyRows(data, start, stride, group, depth, staged, padded);
    // What fills up the last panel is cut off the product again: it only has to be finite.
    staged.fill(0, group * padded, filled * padded);
    pack(filled, padded, done);
  }
}

function packColumns(kernels: KernelExports, operand: Operand, request: PackRequest): void {
  const { first, count, from, depth, center, staging, destination } = request;
  const { data, offset, stride } = operand;
  const padded = (count + 3) & ~3;
  const panel = ((depth + 1) & ~1) * 32;
  stageCenter(kernels, operand, center, first, count, padded);
  const staged = stagingArea(kernels, operand, staging);
  const pack = data instanceof Float32Array ? kernels.packColumns32 : kernels.packColumns64;
  // A power of two between rows would crowd a column into few sets of the cache.
  const stagedStride = padded + 8;
  const groupSteps = Math.floor(STAGED_ELEMENTS / stagedStride);
  for (let done = 0; done < depth; done += groupSteps) {
    const group = Math.min(groupSteps, depth - done);
    if (padded !== count) staged.fill(0, 0, group * stagedStride);
    copyRows(data, offset + (from + done) * stride + first, stride, group, count, staged, stagedStride);
    const bytes = stagedStride * staged.BYTES_PER_ELEMENT;
    pack(staging, bytes, group, padded, center, destination + done * 32, panel);
  }
  if (depth % 2 === 1) clearLastStep(kernels, destination, panel, padded / 4);
}

/** The step that makes an odd depth even adds nothing to a product. */
function clearLastStep(kernels: KernelExports, destination: number, panel: number, panels: number): void {
  const steps = new Float64Array(kernels.memory.buffer, destination, (panels * panel) / 8);
  for (let end = panel / 8; end <= steps.length; end += panel / 8) steps.fill(0, end - 4, end);
}

function copyRows(
  data: Float32Array | Float64Array,
  start: number,
  stride: number,
  rows: number,
  width: number,
  target: Float32Array | Float64Array,
  targetStride: number,
): void {
  if (stride === width && targetStride === width) {
    target.set(data.subarray(start, start + rows * width));
    return;
  }
  for (let i = 0; i < rows; i++) {
    target.set(data.subarray(start + i * stride, start + i * stride + width), i * targetStride);
  }
}

function stageCenter(
  kernels: KernelExports,
  operand: Operand,
  center: number,
  from: number,
  count: number,
  padded: number,
): void {
  const values = new Float64Array(kernels.memory.buffer, center, padded).fill(0);
  if (operand.center) values.set(operand.center.subarray(from, from + count));
}

function stagingArea(kernels: KernelExports, { data }: Operand, staging: number): Float32Array | Float64Array {
  return data instanceof Float32Array
    ? new Float32Array(kernels.memory.buffer, staging, STAGED_ELEMENTS)
    : new Float64Array(kernels.memory.buffer, staging, STAGED_ELEMENTS);
}
