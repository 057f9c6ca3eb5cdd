import type { DistanceBlock, ScreenedDistances } from '@plateau/numerics';
import type { Role } from './check-features.js';

/** For each sample of one set, the nearest sample of the other; ties go to the lower index. */
export class NearestSamples {
  readonly indices: Int32Array;
  readonly squaredDistances: Float64Array;

  constructor(
    readonly of: Role,
    samples: number,
  ) {
    this.indices = new Int32Array(samples).fill(-1);
    this.squaredDistances = new Float64Array(samples).fill(Infinity);
  }

  /** Takes distances of reference rows to generated columns; give blocks in the order of their rows. */
  take({ start, rows, cols, data }: DistanceBlock, distances: ScreenedDistances): void {
    const { errorsA, errorsB } = distances;
    const { indices, squaredDistances } = this;
    const samplesAreRows = this.of === 'reference';
    for (let row = 0; row < rows; row++) {
      const i = start + row;
      const error = errorsA[i];
      for (let j = 0; j < cols; j++) {
        const sample = samplesAreRows ? i : j;
        if (data[row * cols + j] - error - errorsB[j] >= squaredDistances[sample]) continue;
        const distance = distances.exact(i, j);
        if (distance >= squaredDistances[sample]) continue;
        squaredDistances[sample] = distance;
        indices[sample] = samplesAreRows ? j : i;
      }
    }
  }
}
