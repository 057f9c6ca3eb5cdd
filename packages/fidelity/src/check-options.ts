/**
 * Refuses an option that is not an integer of the allowed range.
 * @throws RangeError naming the option, what was got and what was expected
 */
export function checkInteger(name: string, value: number, from: number, to = Infinity): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    const range = to === Infinity ? `of at least ${from}` : `from ${from} to ${to}`;
    throw new RangeError(`${name} must be an integer ${range}, got ${value}`);
  }
}

/**
 * Refuses a number of neighbours that a set of n samples does not have.
 * @throws RangeError when k is not an integer with 1 ≤ k < n
 */
export function checkNeighbours(k: number, n: number, set: string): void {
  checkInteger('k', k, 1);
  if (k >= n) {
    throw new RangeError(`k = ${k} needs more than ${k} ${set} samples, got ${n}: lower k or add images`);
  }
}
