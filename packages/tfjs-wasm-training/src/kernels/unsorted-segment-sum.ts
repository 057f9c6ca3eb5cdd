import type { KernelConfig, TensorInfo, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import type { TfjsCore } from '../tfjs-core.js';
import { floatsOf, wasmKernel } from '../wasm-backend.js';

/** Values (segments' axis first) and the segment of each of their leading entries. */
interface Inputs {
  readonly x: TensorInfo;
  readonly segmentIds: TensorInfo;
}

/**
 * UnsortedSegmentSum: adds the rows of `x` that carry the same segment id; the gradient of `tf.gather` and so of
 * embedding layers.
 *
 * Ids outside [0, numSegments) are left out, as on the other backends.
 */
export function unsortedSegmentSum(tf: TfjsCore): KernelConfig {
  return wasmKernel<Inputs, UnsortedSegmentSumAttrs>('UnsortedSegmentSum', ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs;
    const { numSegments } = attrs;
    const rowShape = x.shape.slice(segmentIds.shape.length);
    const width = tf.util.sizeFromShape(rowShape);
    const result = backend.makeOutput([numSegments, ...rowShape], 'float32');
    const sums = floatsOf(backend, result).fill(0);
    const values = backend.typedArrayFromHeap(x);
    const ids = backend.typedArrayFromHeap(segmentIds);
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row]!;
      if (id < 0 || id >= numSegments) continue;
      for (let i = 0; i < width; i++) sums[id * width + i]! += values[row * width + i]!;
    }
    return result;
  });
}
