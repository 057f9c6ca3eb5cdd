import type { SpatialFunction, SpatialStatistics } from '@plateau/cells';

/** A function over the images of a set, at one length. */
export interface SpatialPoint {
  readonly length: number;
  readonly mean: number;
  /** The tenth and the ninetieth percentile over images. */
  readonly low: number;
  readonly high: number;
}

/**
 * Mean and spread of one function over images, at multiples of the first one's pixel size; linear between an image's own
 * lengths. Shares are 0 beyond an image's greatest length; other functions end with the shortest image's, those under half
 * of the longest left out.
 */
export function spatialCurve(all: readonly SpatialStatistics[], name: SpatialFunction): SpatialPoint[] {
  const isShare = name !== 'twoPointCorrelation' && name !== 'linealPath';
  const reachOf = (image: SpatialStatistics): number => (image[name].length - 1) * image.pixelSize;
  const longest = Math.max(...all.map(reachOf));
  const images = isShare ? all : all.filter((image) => reachOf(image) >= longest / 2);
  const step = images[0]?.pixelSize ?? 1;
  const reaches = images.map((image) => reachOf(image) / step);
  const reach = Math.floor((isShare ? Math.max(...reaches) : Math.min(...reaches)) + 1e-9);
  const points: SpatialPoint[] = [];
  for (let k = 0; k <= reach; k++) {
    const values = images.map((image) => valueAt(image[name], (k * step) / image.pixelSize)).sort((a, b) => a - b);
    const at = (share: number): number => values[Math.round(share * (values.length - 1))]!;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    points.push({ length: k * step, mean, low: at(0.1), high: at(0.9) });
  }
  return points;
}

function valueAt(values: readonly number[], pixels: number): number {
  const before = Math.floor(pixels + 1e-9);
  const [a, b] = [values[before] ?? 0, values[before + 1] ?? 0];
  return a + Math.max(pixels - before, 0) * (b - a);
}
