/** A score as people read it: four significant digits, no exponent for ordinary sizes. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 ? Number(value.toPrecision(4)).toString() : value.toExponential(2);
}
