/**
 * Rows as CSV (RFC 4180): a header of the given columns, `\n` between lines, a number that is not finite left empty.
 * @example toCsv(['file', 'n'], [{ file: 'a,b.png', n: 3 }]) // => 'file,n\n"a,b.png",3\n'
 */
export function toCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number | boolean>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function field(value: string | number | boolean): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(10))) : '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
