import { threeByThreeByKernel } from '../kernels/neighbours-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainThreeByThree } from './plain-three-by-three.js';
import type { Mask } from './raster.js';

/** Erosion of a mask of 0 and 1 by 3×3 pixels; pixels repeat at the border. */
export function eroded(mask: Mask): Mask {
  return threeByThree(mask, true);
}

/** Dilation of a mask of 0 and 1 by 3×3 pixels. */
export function dilated(mask: Mask): Mask {
  return threeByThree(mask, false);
}

function threeByThree(mask: Mask, isErosion: boolean): Mask {
  const kernels = rasterKernels(mask.data.length);
  const data = kernels ? threeByThreeByKernel(kernels, mask, isErosion) : plainThreeByThree(mask, isErosion);
  return { ...mask, data };
}
