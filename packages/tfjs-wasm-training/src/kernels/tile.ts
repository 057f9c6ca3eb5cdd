import type { KernelConfig, TensorInfo, TileAttrs } from '@tensorflow/tfjs-core';
import { wasmKernel } from '../wasm-backend.js';

/** The tensor to repeat. */
interface Inputs {
  readonly x: TensorInfo;
}

/**
 * Tile: repeats a tensor along its axes with block copies.
 *
 * The gradient of batch normalisation tiles one value per channel over all positions; tfjs-backend-wasm's own kernel
 * computes an index for every element of the result. String tensors, which live outside the heap, go to `original`.
 */
export function tile(original: KernelConfig): KernelConfig {
  const fast = wasmKernel<Inputs, TileAttrs>('Tile', ({ inputs, attrs, backend }) => {
    const { x } = inputs;
    if (x.dtype === 'string' || x.dtype === 'complex64') {
      return original.kernelFunc({ inputs: { x }, backend, attrs: { ...attrs } }) as TensorInfo;
    }
    const shape = x.shape.map((size, axis) => size * attrs.reps[axis]!);
    const result = backend.makeOutput(shape, x.dtype);
    if (shape.includes(0)) return result;
    const target = backend.typedArrayFromHeap(result);
    target.set(backend.typedArrayFromHeap(x));
    tileInPlace(target, x.shape, attrs.reps);
    return result;
  });
  return { ...original, kernelFunc: fast.kernelFunc };
}

/**
 * Expands the values at the start of `target` axis by axis, innermost first. Along one axis the blocks are moved from the last to
 * the first, so that none is overwritten before it has moved.
 */
function tileInPlace(
  target: Float32Array | Int32Array | Uint8Array,
  shape: readonly number[],
  reps: readonly number[],
): void {
  let outer = shape.reduce((product, size) => product * size, 1);
  let block = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    outer /= shape[axis]!;
    block *= shape[axis]!;
    const repeats = reps[axis]!;
    const tiled = block * repeats;
    for (let i = outer - 1; i >= 0 && repeats > 1; i--) {
      const start = i * tiled;
      target.copyWithin(start, i * block, (i + 1) * block);
      for (let filled = block; filled < tiled; filled = Math.min(2 * filled, tiled)) {
        target.copyWithin(start + filled, start, start + Math.min(filled, tiled - filled));
      }
    }
    block = tiled;
  }
}
