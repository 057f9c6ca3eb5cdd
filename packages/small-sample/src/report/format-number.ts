/** Three significant digits, no exponent for ordinary sizes. */
export function formatShort(value: number | undefined): string {
  return formatNumber(value, 3);
}

/** Four significant digits, or as many as are asked for, no exponent for ordinary sizes. */
export function formatNumber(value: number | undefined, digits = 4): string {
  if (value === undefined) return '–';
  if (value === Infinity) return '∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e7 ? Number(value.toPrecision(digits)).toString() : value.toExponential(2);
}
