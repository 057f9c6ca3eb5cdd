import { tileExecutor } from '../kernels/executor.js';
import type { Operand } from '../kernels/operand.js';
import { wholeArray } from '../kernels/tile-job.js';
import type { Matrix } from '../matrix.js';
import { mirrorLowerTriangle } from './mirror.js';

/** The inner products of vectors of length `depth` with each other, exactly symmetric. */
export function symmetricProduct(vectors: Operand, depth: number): Matrix & { readonly data: Float64Array } {
  const { count } = vectors;
  const executor = tileExecutor();
  const data = executor.allocate(count * count);
  executor.run({ a: vectors, b: vectors, depth, out: wholeArray(data, count), triangle: 'lower' });
  mirrorLowerTriangle(data, count);
  return { data, rows: count, cols: count };
}
