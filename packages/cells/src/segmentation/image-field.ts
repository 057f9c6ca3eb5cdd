import type { LabelMap, Mask } from '../raster/raster.js';
import type { Segmentation } from './segmentation.js';

/**
 * The part of a segmentation that shows the sample: without the rows of an information bar, which would count as wall.
 * @example measureCells(imageField(found).labels, { walls: imageField(found).walls }).image.porosity // => of the sample
 */
export function imageField({
  labels,
  walls,
  choices: { informationBar },
}: Pick<Segmentation, 'labels' | 'walls'> & { readonly choices: { readonly informationBar: number } }): {
  readonly labels: LabelMap;
  readonly walls: Mask;
} {
  if (informationBar === 0) return { labels, walls };
  const height = labels.height - informationBar;
  const end = height * labels.width;
  return {
    labels: { ...labels, data: labels.data.slice(0, end), height },
    walls: { ...walls, data: walls.data.slice(0, end), height },
  };
}
