/** One residue class of the input positions along one axis: those `offset + stride·m`, all fed by the same filter taps. */
export interface StridePhase {
  /** First input position of the class. */
  readonly offset: number;
  /** Number of input positions in the class. */
  readonly size: number;
  /** First filter tap that reaches the class; the others follow at distance `stride`. */
  readonly firstTap: number;
  /** Number of taps that reach the class; 0 where its gradient is zero. */
  readonly taps: number;
  /** Zeros to put before and after the output gradient, so that a stride-1 correlation covers the class. */
  readonly padBefore: number;
  readonly padAfter: number;
  /** Leading results of that correlation which belong to no input position (a padding wider than the filter). */
  readonly skip: number;
}

/**
 * Splits the gradient of a strided convolution with respect to its input into stride-1 correlations, one for each
 * residue class of the input positions.
 *
 * Input position i receives Σₒ dY[o]·w[i + padding − stride·o]. With i = offset + stride·m only every stride-th tap
 * occurs, and the sum over o is a correlation of dY with those taps reversed: no multiplication by the zeros that the
 * textbook form (dilate dY, then correlate with the whole filter) puts between the values.
 */
export function stridePhases(axis: {
  readonly inSize: number;
  readonly outSize: number;
  readonly filterSize: number;
  readonly stride: number;
  readonly padding: number;
}): StridePhase[] {
  const { inSize, outSize, filterSize, stride, padding } = axis;
  return Array.from({ length: Math.min(stride, inSize) }, (_, offset) => {
    const size = Math.ceil((inSize - offset) / stride);
    const firstTap = (offset + padding) % stride;
    const taps = Math.max(0, Math.ceil((filterSize - firstTap) / stride));
    const before = taps - 1 - Math.floor((offset + padding) / stride);
    const padBefore = Math.max(0, before);
    const skip = Math.max(0, -before);
    const padAfter = Math.max(0, size + skip + taps - 1 - outSize - padBefore);
    return { offset, size, firstTap, taps, padBefore, padAfter, skip };
  });
}
