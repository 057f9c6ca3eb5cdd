import type { SpatialFunction, SpatialStatistics } from '@plateau/cells';
import { chartColors, chartFrame, renderSvg } from '@plateau/scorecard';
import { spatialCurve } from './spatial-curves.js';

type Spec = Parameters<typeof renderSvg>[0];

/** Sets of images to be drawn over each other. */
export interface SpatialSets {
  readonly images: readonly SpatialStatistics[];
  readonly reference?: readonly SpatialStatistics[];
}

const titles: Readonly<Record<SpatialFunction, readonly [title: string, subtitle: string]>> = {
  twoPointCorrelation: ['two-point correlation', 'both ends of a stick lie in cells'],
  linealPath: ['lineal path', 'a stick lies wholly in cells'],
  chordLengths: ['chord lengths', 'share of chords at least so long'],
  poreSizes: ['pore sizes', 'share in discs at least so wide'],
  wallThicknesses: ['local thickness of walls', 'share in discs at least so wide'],
};

// Where a function has fallen below this nothing is left to see.
const LEAST_SHARE = 0.005;

/** An SVG for each spatial function: means over images in bands from the tenth to the ninetieth percentile. */
export async function spatialCharts({ images, reference = [] }: SpatialSets): Promise<string[]> {
  const svgs: string[] = [];
  for (const name of Object.keys(titles) as SpatialFunction[]) {
    const values = [...pointsOf(reference, name, 'reference'), ...pointsOf(images, name, 'samples')];
    if (values.length > 0) svgs.push(await renderSvg(chart(name, values, unitName(images[0]!.unit))));
  }
  return svgs;
}

function pointsOf(set: readonly SpatialStatistics[], name: SpatialFunction, of: string): object[] {
  const points = set.length > 0 ? spatialCurve(set, name) : [];
  const end = points.findLastIndex(({ high }) => high >= LEAST_SHARE) + 2;
  return points.slice(0, end).map((point) => ({ ...point, set: of }));
}

function chart(name: SpatialFunction, values: readonly object[], unit: string): Spec {
  const [title, subtitle] = titles[name];
  const x = { field: 'length', type: 'quantitative', axis: { title: unit, tickCount: 6 }, scale: { nice: false } };
  const y = { type: 'quantitative', axis: { title: null, tickCount: 5 }, scale: { domainMin: 0 } };
  const isCompared = values.some((value) => (value as { set: string }).set === 'reference');
  const color = {
    field: 'set',
    type: 'nominal',
    scale: { domain: ['reference', 'samples'], range: [chartColors.grey, chartColors.blue] },
    legend: isCompared
      ? { title: null, orient: 'bottom', symbolType: 'stroke', symbolOpacity: 1, symbolStrokeWidth: 2 }
      : null,
  };
  return {
    ...chartFrame(title, subtitle),
    width: 300,
    height: 150,
    data: { values },
    encoding: { x, color },
    layer: [
      {
        mark: { type: 'area', opacity: 0.18, line: false },
        encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      { mark: { type: 'line', strokeWidth: 2 }, encoding: { y: { ...y, field: 'mean' } } },
    ],
  } as Spec;
}

/** As it is printed. */
export function unitName(unit: string): string {
  return unit === 'um' ? 'µm' : unit;
}
