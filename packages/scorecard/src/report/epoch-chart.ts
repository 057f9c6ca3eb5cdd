import type { TopLevelSpec } from 'vega-lite';

/** A point of a curve over epochs; `error` is one standard error. */
export interface EpochPoint {
  readonly epoch: number;
  readonly value: number;
  readonly error?: number;
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

const blue = '#2463a8';
const green = '#1f8a55';
const grey = '#8a8f98';

/** Vega-Lite specification of one or more curves over epochs, with error bars, a floor and the best epoch marked. */
export function epochChart(points: readonly EpochPoint[], options: EpochChartOptions): TopLevelSpec {
  const several = new Set(points.map(({ series }) => series)).size > 1;
  const x = { field: 'epoch', type: 'quantitative', axis: { tickMinStep: 1, format: 'd', title: 'epoch' } };
  const y = { field: 'value', type: 'quantitative', scale: { zero: false, nice: true }, axis: { title: null } };
  const color = several
    ? { field: 'series', type: 'nominal', legend: { title: null, orient: 'bottom' } }
    : { value: blue };
  const layer: object[] = [
    { mark: { type: 'line', interpolate: 'linear', strokeWidth: 2 }, encoding: { x, y, color } },
    { mark: { type: 'circle', size: 28 }, encoding: { x, y, color } },
  ];
  if (points.some(({ error }) => error !== undefined)) {
    layer.unshift({
      transform: [
        { filter: 'isValid(datum.error)' },
        { calculate: 'datum.value - datum.error', as: 'low' },
        { calculate: 'datum.value + datum.error', as: 'high' },
      ],
      mark: { type: 'rule', strokeWidth: 5, opacity: 0.25 },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    });
  }
  if (options.floor !== undefined) {
    layer.unshift({
      data: { values: [{ floor: options.floor }] },
      mark: { type: 'rule', strokeDash: [5, 4], color: grey },
      encoding: { y: { field: 'floor', type: 'quantitative' } },
    });
  }
  const best = points.find(({ epoch }) => epoch === options.best);
  if (best) {
    layer.push({
      data: { values: [best] },
      mark: { type: 'point', size: 130, strokeWidth: 2.5, color: green },
      encoding: { x, y },
    });
  }
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 300,
    height: 150,
    background: 'transparent',
    title: {
      text: options.title,
      subtitle: options.subtitle ?? '',
      anchor: 'start',
      fontSize: 13,
      subtitleColor: grey,
    },
    data: { values: points },
    layer,
    config: { view: { stroke: null }, axis: { gridColor: '#eceef1', domainColor: '#c9ced6', tickColor: '#c9ced6' } },
  } as TopLevelSpec;
}
