import { rowDistance } from '../products/row-distance.js';
import type { TileArea, TileJob } from './tile-job.js';

/** Below this share of ‖a‖² + ‖b‖² a squared distance has lost three digits or more to cancellation. */
const CANCELLATION = 1e-3;

/** ‖a − b‖² = ‖a‖² + ‖b‖² − 2⟨a, b⟩, computed from the differences where that cancels. */
export function productsToDistances(
  { a, b, depth, out: { data, offset: start, stride } }: TileJob,
  norms: NonNullable<TileJob['squaredNorms']>,
  { top, rows, left, cols }: TileArea,
): void {
  for (let i = top; i < top + rows; i++) {
    const row = start + i * stride;
    const normA = norms.a[i];
    for (let j = left; j < left + cols; j++) {
      const sum = normA + norms.b[j];
      const squared = sum - 2 * data[row + j];
      data[row + j] =
        squared > CANCELLATION * sum
          ? squared
          : rowDistance(a.data, a.offset + i * a.stride, b.data, b.offset + j * b.stride, depth);
    }
  }
}
