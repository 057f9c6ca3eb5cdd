import { formatValue } from './format-value.js';
import type { Score } from './score.js';
import { warningLines } from './warning-lines.js';

/** Scores as lines of text: id, value ± standard error, interval, direction, counts; warnings below. */
export function scoreTable(scores: readonly Score[]): string {
  const rows = scores.map(({ metric, value, standardError, interval, direction, n }) => [
    metric,
    `${formatValue(value)}${standardError === undefined ? '' : ` ± ${formatValue(standardError)}`}${intervalText(interval)}`,
    direction === 'none' ? '' : `${direction} is better`,
    `n = ${n.reference}, ${n.generated}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
  const warnings = warningLines(scores).map((line) => `warning: ${line}`);
  return [...lines, ...(warnings.length > 0 ? ['', ...warnings] : [])].join('\n');
}

function intervalText(interval: Score['interval']): string {
  return interval ? ` (${interval.map(formatValue).join(' … ')})` : '';
}
