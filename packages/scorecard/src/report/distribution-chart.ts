import type { TopLevelSpec } from 'vega-lite';
import { chartColors, chartFrame } from './chart-style.js';

/** Vega-Lite specification of the densities of one property of the cells: the reference in grey, samples in blue. */
export function distributionChart(
  title: string,
  reference: readonly number[],
  generated: readonly number[],
): TopLevelSpec {
  const named = (values: readonly number[], set: string) =>
    values.filter(Number.isFinite).map((value) => ({ value: Number(value.toPrecision(4)), set }));
  const color = {
    field: 'set',
    type: 'nominal',
    scale: { domain: ['reference', 'samples'], range: [chartColors.grey, chartColors.blue] },
    legend: { title: null, orient: 'bottom' },
  };
  return {
    ...chartFrame(title),
    width: 300,
    height: 150,
    data: { values: [...named(reference, 'reference'), ...named(generated, 'samples')] },
    transform: [{ density: 'value', groupby: ['set'], as: ['value', 'density'] }],
    mark: { type: 'area', opacity: 0.35, line: true },
    encoding: {
      x: { field: 'value', type: 'quantitative', axis: { title: null } },
      y: { field: 'density', type: 'quantitative', stack: null, axis: { title: null, labels: false } },
      color,
    },
  } as TopLevelSpec;
}
