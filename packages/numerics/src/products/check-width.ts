import type { Matrix } from '../matrix.js';

/** Refuses operands whose rows differ in width. */
export function checkSameWidth(a: Matrix, b: Matrix): void {
  if (a.cols !== b.cols) {
    throw new RangeError(
      `rows of ${a.cols} and of ${b.cols} columns cannot be compared: both matrices must have one width`,
    );
  }
}
