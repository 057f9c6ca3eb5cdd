import type { FrechetVersusN } from '../extrapolation/frechet-versus-n.js';
import type { Extrapolation } from '../extrapolation/extrapolate.js';
import type { Diagnosis } from '../diagnosis/diagnose.js';

/** A Vega-Lite specification, plain JSON. */
export type PlotSpec = Readonly<Record<string, unknown>>;

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
const BLUE = '#2463a8';
const GREY = '#8a8f98';
const RED = '#c2362b';

function frame(title: string, subtitle: string, rest: Readonly<Record<string, unknown>>): PlotSpec {
  return {
    $schema: SCHEMA,
    width: 320,
    height: 200,
    background: 'transparent',
    title: { text: title, subtitle, anchor: 'start', fontSize: 13, subtitleColor: GREY },
    config: { view: { stroke: null }, axis: { gridColor: '#eceef1', domainColor: '#c9ced6', tickColor: '#c9ced6' } },
    ...rest,
  };
}

/** FID of the reference against itself over the number of images, both axes logarithmic, with ±1 std. */
export function frechetVersusNChart({ rows, law }: FrechetVersusN): PlotSpec {
  const values = rows.map(({ n, mean, std = 0 }) => ({ n, mean, low: mean - std, high: mean + std }));
  const axis = (field: string, title: string) => ({ field, type: 'quantitative', scale: { type: 'log' }, title });
  const subtitle = law ? `1/N law: slope ${law.slope.toPrecision(3)}, R² ${law.rSquared.toFixed(3)}` : '';
  return frame('The reference against itself', subtitle, {
    data: { values },
    layer: [
      {
        mark: { type: 'rule', color: BLUE, strokeWidth: 4, opacity: 0.3 },
        encoding: { x: axis('n', 'images in either group'), y: axis('low', 'FID'), y2: { field: 'high' } },
      },
      {
        mark: { type: 'line', color: BLUE, point: true },
        encoding: { x: axis('n', 'images in either group'), y: axis('mean', 'FID') },
      },
    ],
  });
}

/** A metric over 1/N, the line through it and where that line ends. */
export function extrapolationChart({ points, value, slope }: Extrapolation, metric: string): PlotSpec {
  const values = points.map((point) => ({ inverse: 1 / point.n, value: point.value }));
  const end = Math.max(...values.map(({ inverse }) => inverse));
  const x = { field: 'inverse', type: 'quantitative', title: '1/N' };
  const y = { field: 'value', type: 'quantitative', title: metric, scale: { zero: false } };
  const line = [
    { inverse: 0, value },
    { inverse: end, value: value + slope * end },
  ];
  return frame(`${metric} carried to infinitely many images`, `${value.toPrecision(4)} at 1/N = 0`, {
    layer: [
      { data: { values }, mark: { type: 'circle', color: BLUE, size: 36 }, encoding: { x, y } },
      { data: { values: line }, mark: { type: 'line', color: GREY, strokeDash: [5, 4] }, encoding: { x, y } },
    ],
  });
}

/**
 * Each metric's score at its floor's n, with the interval's width, in units of the floor's spread: 0 is the reference against
 * itself. The axis is linear near 0 and logarithmic beyond.
 */
export function standingChart(metrics: Diagnosis['metrics']): PlotSpec {
  const values = metrics.flatMap(({ metric, atFloor, interval, value, floor }) => {
    if (!floor?.std || atFloor === undefined) return [];
    const scaled = (number: number) => (number - floor.mean) / floor.std!;
    const [low, high] = (interval ?? [value, value]).map((end) => scaled(atFloor + end - value));
    return [{ metric, value: scaled(atFloor), low, high }];
  });
  const y = { field: 'metric', type: 'nominal', title: null, sort: null };
  const x = (field: string) => ({
    field,
    type: 'quantitative',
    scale: { type: 'symlog', constant: 2 },
    title: 'standard deviations of the floor',
  });
  return frame('Against the reference itself', '0 is two parts of the reference', {
    data: { values },
    layer: [
      { data: { values: [{ zero: 0 }] }, mark: { type: 'rule', color: RED }, encoding: { x: x('zero') } },
      {
        mark: { type: 'rule', color: BLUE, strokeWidth: 4, opacity: 0.3 },
        encoding: { y, x: x('low'), x2: { field: 'high' } },
      },
      { mark: { type: 'circle', color: BLUE, size: 50 }, encoding: { y, x: x('value') } },
    ],
  });
}
