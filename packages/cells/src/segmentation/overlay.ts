import { requireSameSize, type LabelMap, type Raster } from '../raster/raster.js';
import { borderLabels } from './keep-regions.js';

/**
 * Draws the outlines of cells over their image: cells at the border in blue, others in green, and what is wall in its own
 * grey, so that a missed or a doubled cell leaps to the eye.
 * @returns RGB, three bytes a pixel
 */
export function drawOverlay(image: Raster<ArrayLike<number>>, labels: LabelMap): Uint8Array {
  requireSameSize('drawOverlay', image, labels);
  const { data, width, height } = labels;
  const cut = borderLabels(labels);
  const rgb = new Uint8Array(3 * data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const label = data[i]!;
      const isOutline =
        label !== 0 &&
        ((x > 0 && data[i - 1] !== label) ||
          (x + 1 < width && data[i + 1] !== label) ||
          (y > 0 && data[i - width] !== label) ||
          (y + 1 < height && data[i + width] !== label));
      const grey = image.data[i]!;
      rgb.set(isOutline ? (cut[label] ? [60, 120, 255] : [40, 220, 60]) : [grey, grey, grey], 3 * i);
    }
  }
  return rgb;
}
