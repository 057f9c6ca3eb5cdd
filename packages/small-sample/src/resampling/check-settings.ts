/**
 * Refuses an option that is not an integer of at least `least`.
 * @throws RangeError naming the option
 */
export function checkCount(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be an integer of at least ${least}, got ${value}`);
  }
}

/**
 * Refuses a level of confidence outside (0, 1).
 * @throws RangeError
 */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie between 0 and 1 (0.9 is 90 %), got ${confidence}`);
  }
}
