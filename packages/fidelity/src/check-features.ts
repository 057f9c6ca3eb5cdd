import type { Matrix } from '@plateau/numerics';

/** Which of the two sets a message speaks of. */
export type Role = 'reference' | 'generated';

/** How a message names a set. */
export type SetName = Role | 'held-out' | 'given';

/** Fourth powers of larger features, as variances of distances hold them, leave float64's range. */
const LARGEST = 1e74;

/**
 * Refuses features that no metric can use.
 * @throws RangeError when there are fewer than `minimum` rows, no columns, or an element that is NaN, infinite or above
 *   1e74 in magnitude
 */
export function checkFeatures(features: Matrix, role: SetName, minimum: number): void {
  const { data, rows, cols } = features;
  if (rows < minimum) {
    throw new RangeError(`the ${role} set has ${rows} samples, at least ${minimum} are needed: add images`);
  }
  if (cols === 0) throw new RangeError(`the ${role} features have no columns: give an n×d matrix with d ≥ 1`);
  for (let i = 0; i < data.length; i++) {
    if (!(Math.abs(data[i]) <= LARGEST)) throw badElement(data[i], role, i, cols);
  }
}

function badElement(value: number, role: SetName, index: number, cols: number): RangeError {
  const held = `the ${role} features hold ${value} in row ${Math.floor(index / cols)}, column ${index % cols}`;
  return new RangeError(
    Number.isFinite(value)
      ? `${held}, whose powers are out of range: divide the features of both sets by one number`
      : `${held}: remove or recompute that sample`,
  );
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
