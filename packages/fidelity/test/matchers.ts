import { expect } from 'vitest';

/** Fails unless the value is within a relative tolerance of the expected one (absolute where that is 0). */
export function expectRelative(value: number, expected: number, tolerance = 1e-6): void {
  const error = Math.abs(value - expected) / (expected === 0 ? 1 : Math.abs(expected));
  expect(error, `${value} against ${expected}`).toBeLessThanOrEqual(tolerance);
}
