import { formatValue } from '../format-value.js';
import type { Score } from '../score.js';
import { escapeHtml, htmlPage, htmlTable } from './page.js';
import { protocolSection } from './protocol-section.js';

/** The report of one comparison of two sets: an HTML page, complete in itself. */
export function scoreReport(title: string, scores: readonly Score[]): string {
  const rows = scores.map(({ metric, value, standardError, interval, direction, n }) => [
    metric,
    formatValue(value),
    standardError === undefined ? '–' : formatValue(standardError),
    interval ? interval.map(formatValue).join(' … ') : '–',
    direction,
    String(n.reference),
    String(n.generated),
  ]);
  const table = htmlTable(
    ['metric', 'value', 'standard error', 'interval', 'better', 'n reference', 'n generated'],
    rows,
  );
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1><h2>Scores</h2>${table}${protocolSection(scores)}`);
}
