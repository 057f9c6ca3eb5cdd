/**
 * A line of CSV as RFC 4180 has it: quoted where it must be. Text that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 * @example csvLine(['a,b', 1]) // => '"a,b",1\n'
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
