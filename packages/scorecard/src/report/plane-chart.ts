import type { TopLevelSpec } from 'vega-lite';
import { chartColors, chartFrame } from './chart-style.js';
import type { PlanePoints } from './run-record.js';

/** What a chart of two sets in a plane shows. */
export interface PlaneChartOptions {
  readonly title: string;
  readonly reference: PlanePoints;
  readonly generated: PlanePoints;
  /** Points whose extent the axes take, so that charts can be compared. Default: those that are drawn. */
  readonly within?: readonly PlanePoints[];
}

/**
 * Vega-Lite specification of reference and samples in one plane: the reference in grey, the samples in blue. Points that
 * are not finite are left out.
 */
export function planeChart({ title, reference, generated, within }: PlaneChartOptions): TopLevelSpec {
  const extent = (within ?? [reference, generated]).flat().filter(isFinitePoint);
  const axis = (field: 'x' | 'y', index: 0 | 1) => ({
    field,
    type: 'quantitative',
    scale: { domain: range(extent.map((point) => point[index])), nice: true, zero: false },
    axis: { title: index === 0 ? 'first principal component of the reference' : 'second', labels: false, ticks: false },
  });
  const color = {
    field: 'set',
    type: 'nominal',
    scale: { domain: ['reference', 'samples'], range: [chartColors.grey, chartColors.blue] },
    legend: { title: null, orient: 'bottom' },
  };
  const points = [...named(reference, 'reference'), ...named(generated, 'samples')];
  return {
    ...chartFrame(title),
    width: 300,
    height: 240,
    data: { values: points },
    mark: { type: 'circle', size: 26, opacity: 0.65 },
    encoding: { x: axis('x', 0), y: axis('y', 1), color },
  } as TopLevelSpec;
}

function named(points: PlanePoints, set: string): object[] {
  const short = (value: number) => Number(value.toPrecision(4));
  return points.filter(isFinitePoint).map(([x, y]) => ({ x: short(x), y: short(y), set }));
}

function isFinitePoint([x, y]: readonly [number, number]): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function range(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
