import type { Matrix } from '../matrix.js';

/** Rows and columns of a block: one cache line, so that rows a power of two apart do not drive each other out. */
const BLOCK = 8;

/** (A − 1·centerᵀ)ᵀ in float64: d×n from n×d. */
export function transposeCentered(
  { data, rows, cols }: Matrix,
  center: Float64Array,
): Matrix & { readonly data: Float64Array } {
  const out = new Float64Array(rows * cols);
  for (let top = 0; top < rows; top += BLOCK) {
    const bottom = Math.min(top + BLOCK, rows);
    for (let left = 0; left < cols; left += BLOCK) {
      const right = Math.min(left + BLOCK, cols);
      for (let j = left; j < right; j++) {
        for (let i = top; i < bottom; i++) out[j * rows + i] = data[i * cols + j] - center[j];
      }
    }
  }
  return { data: out, rows: cols, cols: rows };
}
