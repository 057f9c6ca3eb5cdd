/** For each sample of one set, the nearest sample of the other; ties go to the lower index. */
export class NearestSamples {
  readonly indices: Int32Array;
  readonly squaredDistances: Float64Array;

  constructor(samples: number) {
    this.indices = new Int32Array(samples).fill(-1);
    this.squaredDistances = new Float64Array(samples).fill(Infinity);
  }

  /** Keeps `other` when it is nearer than what is known; offer others in ascending order. */
  offer(sample: number, other: number, squaredDistance: number): void {
    if (squaredDistance < this.squaredDistances[sample]) {
      this.squaredDistances[sample] = squaredDistance;
      this.indices[sample] = other;
    }
  }
}
