import { selectRows, type Matrix } from '@plateau/numerics';
import type { Statistic } from './draw.js';

/** A metric of two matrices of features. */
export type Metric = (reference: Matrix, generated: Matrix) => number;

/**
 * Makes any metric functions resamplable, by copying the rows of every draw. `fastStatistic` does the metrics it knows
 * without copies.
 * @example statisticOf(x, y, { fid: (a, b) => frechetDistance(a, b).value })
 */
export function statisticOf(
  reference: Matrix,
  generated: Matrix,
  metrics: Readonly<Record<string, Metric>>,
): Statistic {
  return (draw) => {
    const x = selectRows(reference, draw.reference);
    const y = selectRows(generated, draw.generated);
    return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(x, y)]));
  };
}
