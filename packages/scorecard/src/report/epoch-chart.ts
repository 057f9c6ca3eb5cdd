import type { TopLevelSpec } from 'vega-lite';
import { chartColors, chartFrame } from './chart-style.js';

/** A point of a curve over epochs. */
export interface EpochPoint {
  readonly epoch: number;
  readonly value: number;
  /** One standard error, drawn where there is no interval. */
  readonly error?: number;
  readonly interval?: readonly [number, number];
  /** Names the curve where a chart holds several. */
  readonly series?: string;
}

/** What a curve over epochs shows beside its points. */
export interface EpochChartOptions {
  readonly title: string;
  /** `higher is better`, … */
  readonly subtitle?: string;
  /** A dashed level: the reference against itself. */
  readonly floor?: number;
  /** The epoch that is marked as the best. */
  readonly best?: number;
}

/**
 * Vega-Lite specification of one or more curves over epochs, with intervals as bands, a floor and the best epoch marked.
 * Points that are not finite are left out.
 */
export function epochChart(all: readonly EpochPoint[], options: EpochChartOptions): TopLevelSpec {
  const points = all.filter(({ value }) => Number.isFinite(value)).map(withBand);
  const several = new Set(points.map(({ series }) => series)).size > 1;
  const x = { field: 'epoch', type: 'quantitative', axis: { tickMinStep: 1, format: 'd', title: 'epoch' } };
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { zero: false, nice: true },
    axis: { title: null, format: '.4~g' },
  };
  const color = several
    ? { field: 'series', type: 'nominal', legend: { title: null, orient: 'bottom', columns: 2, symbolOpacity: 1 } }
    : { value: chartColors.blue };
  const layer: object[] = [
    { mark: { type: 'line', interpolate: 'linear', strokeWidth: 2 }, encoding: { x, y, color } },
    { mark: { type: 'circle', size: points.length > 60 ? 8 : 28 }, encoding: { x, y, color } },
  ];
  if (points.some(({ low }) => low !== undefined)) {
    const band = { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color };
    const transform = [{ filter: 'isValid(datum.low)' }];
    layer.unshift({ transform, mark: { type: 'area', opacity: 0.18 }, encoding: band });
    layer.push({ transform, mark: { type: 'rule', strokeWidth: 1, opacity: 0.6 }, encoding: band });
  }
  if (options.floor !== undefined && Number.isFinite(options.floor)) {
    layer.unshift({
      data: { values: [{ floor: options.floor }] },
      mark: { type: 'rule', strokeDash: [5, 4], color: chartColors.grey },
      encoding: { y: { field: 'floor', type: 'quantitative' } },
    });
  }
  const best = points.find(({ epoch }) => epoch === options.best);
  if (best) {
    layer.push({
      data: { values: [best] },
      mark: { type: 'point', size: 130, strokeWidth: 2.5, color: chartColors.green },
      encoding: { x, y },
    });
  }
  return {
    ...chartFrame(options.title, options.subtitle),
    width: 300,
    height: 150,
    data: { values: points },
    layer,
  } as TopLevelSpec;
}

function withBand({ epoch, value, error, interval, series }: EpochPoint) {
  const band = interval ?? (error === undefined ? undefined : [value - error, value + error]);
  const finite = band?.every(Number.isFinite) ?? false;
  return {
    epoch,
    value,
    ...(series === undefined ? {} : { series }),
    ...(finite ? { low: band![0], high: band![1] } : {}),
  };
}
