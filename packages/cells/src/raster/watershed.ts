import { rasterKernels } from '../kernels/raster-kernels.js';
import { watershedByKernel } from '../kernels/watershed-kernel.js';
import { plainWatershed } from './plain-watershed.js';
import { requireSameSize, type LabelMap, type Mask, type Raster } from './raster.js';

/** How a watershed floods. */
export interface WatershedOptions {
  /** Floods only here. */
  readonly mask?: Mask;
  /** Leaves pixels where two floods meet at 0, so that regions are parted by lines; true by default. */
  readonly ridges?: boolean;
}

/**
 * Marker-controlled watershed (Meyer 1994): floods rise from the markers, pixel by pixel in the order of height and, at
 * one height, of arrival. Floods are 8-connected.
 * @param heights whole numbers, at most 65535 apart
 * @returns the markers' labels, grown over the mask; 0 on ridges and where no flood came
 * @throws RangeError when sizes differ or heights are too far apart
 */
export function watershed(
  heights: Raster<Int32Array>,
  markers: LabelMap,
  { mask, ridges = true }: WatershedOptions = {},
): LabelMap {
  requireSameSize('watershed', heights, markers);
  if (mask) requireSameSize('watershed', heights, mask);
  const { width, height, data } = heights;
  const range = levelsOf(data);
  const kernels = rasterKernels(data.length);
  const labels = kernels
    ? watershedByKernel(kernels, heights, markers.data, { ...range, mask: mask?.data, ridges })
    : plainWatershed(heights, markers.data, { ...range, mask: mask?.data, ridges });
  return { data: labels, width, height, count: markers.count };
}

function levelsOf(data: Int32Array): { least: number; count: number } {
  let least = data[0]!;
  let greatest = least;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const count = greatest - least + 1;
  if (count > 65536) {
    throw new RangeError(`watershed: heights are ${count - 1} apart, expected at most 65535; scale them`);
  }
  return { least, count };
}
