import type { Matrix } from '@plateau/numerics';

/** Which of the two sets a message speaks of. */
export type Role = 'reference' | 'generated';

/** How a message names a set. */
export type SetName = Role | 'held-out' | 'given';

/**
 * Refuses features that no metric can use.
 * @throws RangeError when there are fewer than `minimum` rows, no columns, or an element that is NaN or Inf
 */
export function checkFeatures(features: Matrix, role: SetName, minimum: number): void {
  const { data, rows, cols } = features;
  if (rows < minimum) {
    throw new RangeError(`the ${role} set has ${rows} samples, at least ${minimum} are needed: add images`);
  }
  if (cols === 0) throw new RangeError(`the ${role} features have no columns: give an n×d matrix with d ≥ 1`);
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      throw new RangeError(
        `the ${role} features hold ${data[i]} in row ${Math.floor(i / cols)}, column ${i % cols}: remove or recompute ` +
          'that sample',
      );
    }
  }
}

/**
 * Refuses two sets that cannot be compared.
 * @throws RangeError as `checkFeatures` does, and when the widths differ
 */
export function checkPair(reference: Matrix, generated: Matrix, minimum: number): void {
  checkFeatures(reference, 'reference', minimum);
  checkFeatures(generated, 'generated', minimum);
  if (reference.cols !== generated.cols) {
    throw new RangeError(
      `reference features have ${reference.cols} columns and generated ones ${generated.cols}: extract both with the ` +
        'same layer of the same extractor',
    );
  }
}
