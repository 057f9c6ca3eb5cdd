/** Four significant digits, no exponent for ordinary sizes. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined) return '–';
  if (value === Infinity) return '∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e7 ? Number(value.toPrecision(4)).toString() : value.toExponential(2);
}
