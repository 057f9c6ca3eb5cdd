import type { ComparedOnReference } from '../diagnosis/compare-on-reference.js';
import type { Diagnosis } from '../diagnosis/diagnose.js';
import type { FrechetVersusN } from '../extrapolation/frechet-versus-n.js';
import { WORSE_THAN_CHANCE, wayToCeiling, type Standing } from '../extrapolation/split-half-floor.js';
import { formatNumber, formatShort } from './format-number.js';

/** Cells of a table, the first row its head. */
export type TableCells = readonly (readonly string[])[];

/**
 * FID versus N as in the paper's Table 5: one row a size, one column a trial, then mean and std.
 * @example frechetVersusNTable(frechetVersusN(x, { sizes: [50], trials: 1 }))[0].length // => 4
 */
export function frechetVersusNTable({ rows, trials }: FrechetVersusN): TableCells {
  return [
    ['n', ...Array.from({ length: trials }, (_, i) => `trial ${i + 1}`), 'mean', 'std'],
    ...rows.map(({ n, values, mean, std }) => [
      String(n),
      ...values.map((value) => formatNumber(value)),
      formatNumber(mean),
      formatNumber(std),
    ]),
  ];
}

/** The metrics of a diagnosis: what each value means, the value ± its standard error, interval, floor ± std and ceiling. */
export function metricsTable(metrics: Diagnosis['metrics']): TableCells {
  return [
    ['metric', 'reading, way to ceiling', 'value', 'interval', 'at floor n', 'floor', 'ceiling', 'p', 'p (Holm)'],
    ...metrics.map((row) => [
      row.metric,
      shortReading(row.standing),
      withError(formatNumber(row.value), row.standardError),
      intervalOf(row.interval),
      formatShort(row.atFloor),
      row.floor ? withError(formatShort(row.floor.mean), row.floor.std) : '–',
      formatShort(row.ceiling),
      formatShort(row.pValue),
      formatShort(row.adjustedPValue),
    ]),
  ];
}

/** Two generated sets beside each other on one reference: the difference with its interval, and p-values. */
export function comparisonTable({ metrics }: ComparedOnReference): TableCells {
  return [
    ['metric', 'generated', 'against', 'difference', 'interval', 'p', 'p (Holm)'],
    ...metrics.map(({ metric, first, second, difference, interval, pValue, adjustedPValue }) => [
      metric,
      formatNumber(first),
      formatNumber(second),
      formatNumber(difference),
      intervalOf(interval),
      formatShort(pValue),
      formatShort(adjustedPValue),
    ]),
  ];
}

function withError(value: string, error: number | undefined): string {
  return error === undefined ? value : `${value} ± ${formatShort(error)}`;
}

function intervalOf(interval: readonly [number, number] | undefined): string {
  return interval ? interval.map((end) => formatShort(end)).join(' … ') : '–';
}

/** Whether a score is as good as the reference's halves, and how much of the way from floor to ceiling it has gone. */
function shortReading(standing: Standing | undefined): string {
  if (!standing) return '–';
  const { percentile, position } = standing;
  const between = position === undefined ? '' : `, ${wayToCeiling(position)}`;
  return `${percentile > WORSE_THAN_CHANCE ? 'like halves' : 'worse than halves'}${between}`;
}

/** A table as text with aligned columns. */
export function textTable(cells: TableCells): string {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
