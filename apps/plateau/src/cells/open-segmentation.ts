import { segmentCells, type SegmentOptions } from '@plateau/cells';
import type { Segment } from './analyse-image.js';
import { openLearnedSegmentation } from './learned-segmentation.js';

/** How cells are found: automatically, or by what `plateau cells train` wrote. It may travel to another thread. */
export type SegmentationRequest = { readonly automatic: SegmentOptions } | { readonly model: string };

/** Opens a way to find cells. */
export async function openSegmentation(request: SegmentationRequest): Promise<Segment> {
  if ('model' in request) return openLearnedSegmentation(request.model);
  return (image) => segmentCells(image, request.automatic);
}
