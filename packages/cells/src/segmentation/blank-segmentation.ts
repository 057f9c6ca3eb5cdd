import type { Raster } from '../raster/raster.js';
import type { Segmentation } from './segmentation.js';

/** No cells, and a warning that says why. */
export function blankSegmentation(
  { width, height }: Raster<ArrayLike<number>>,
  warning: string,
  informationBar: number,
): Segmentation {
  return {
    labels: { data: new Int32Array(width * height), width, height, count: 0 },
    walls: { data: new Uint8Array(width * height), width, height },
    choices: {
      polarity: 'dark-walls',
      walls: 'bands',
      separability: 0,
      pitch: 0,
      noise: 0,
      specks: 0,
      backgroundRadius: 0,
      smoothing: 0,
      h: 0,
      mergeBelow: 0,
      liquid: false,
      informationBar,
    },
    warnings: [warning],
  };
}
