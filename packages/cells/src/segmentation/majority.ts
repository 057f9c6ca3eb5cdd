import { majorityByKernel } from '../kernels/majority-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainMajority } from '../raster/plain-majority.js';
import type { LabelMap } from '../raster/raster.js';

/**
 * What most of the 3×3 pixels around each say (a median filter): noise pricks an outline from both sides, and taking only
 * one side's pricks off would move it. Pixels of other territories count as wall; the image's outermost stay as they are.
 * @param cell 1 where a territory shows its cell
 * @param steps whole steps from the outline that `cell` was drawn near to: more than four away nothing is looked at
 */
export function majority(territories: LabelMap, cell: Uint8Array, steps: Int8Array): Uint8Array {
  const kernels = rasterKernels(cell.length);
  return kernels ? majorityByKernel(kernels, territories, cell, steps) : plainMajority(territories, cell, steps);
}
