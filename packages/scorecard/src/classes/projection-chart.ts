import type { renderSvg } from '../report/render-svg.js';
import type { ProjectedImage, Projection } from './project-sets.js';

type Spec = Parameters<typeof renderSvg>[0];

const SIDE = 420;

/**
 * Vega-Lite specification of the two sets on the plane of the reference's first two principal components, one colour a class:
 * the reference on the left, the generated images over its outline on the right, both on the same axes.
 */
export function projectionChart({ explained, reference, generated }: Projection): Spec {
  const all = [...reference, ...generated];
  const classes = [...new Set(reference.map(({ label }) => label))];
  const axis = (field: 'x' | 'y', i: 0 | 1) => ({
    field,
    type: 'quantitative',
    title: `component ${i + 1} (${(100 * explained[i]).toFixed(0)} % of the variance)`,
    scale: { domain: extent(all, field), nice: true, zero: false },
  });
  const [x, y] = [axis('x', 0), axis('y', 1)];
  const color = {
    field: 'label',
    type: 'nominal',
    scale: { domain: classes },
    legend: { title: null, orient: 'bottom' },
  };
  const known = new Set(classes);
  const points = { mark: { type: 'circle', size: 26, opacity: 0.75 }, encoding: { x, y, color } };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    hconcat: [
      { width: SIDE, height: SIDE, title: 'reference', data: { values: round(reference) }, ...points },
      {
        width: SIDE,
        height: SIDE,
        title: 'generated (the reference in grey)',
        layer: [
          {
            data: { values: round(reference) },
            mark: { type: 'circle', size: 26, opacity: 0.25, color: '#8a8f98' },
            encoding: { x, y },
          },
          { data: { values: round(generated.filter(({ label }) => known.has(label))) }, ...points },
          {
            data: { values: round(generated.filter(({ label }) => !known.has(label))) },
            mark: { type: 'point', shape: 'cross', color: 'black' },
            encoding: { x, y },
          },
        ],
      },
    ],
    config: { view: { stroke: '#c9ced6' }, axis: { gridColor: '#eceef1' } },
  } as unknown as Spec;
}

function extent(points: readonly ProjectedImage[], field: 'x' | 'y'): [number, number] {
  const values = points.map((point) => point[field]);
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** Four digits are more than a picture shows. */
function round(points: readonly ProjectedImage[]): ProjectedImage[] {
  return points.map(({ x, y, label }) => ({ x: Number(x.toPrecision(4)), y: Number(y.toPrecision(4)), label }));
}
