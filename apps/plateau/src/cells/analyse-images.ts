import { drawOverlay, measureCells, type CellMeasurement, type Segmentation, type Raster } from '@plateau/cells';
import type { ImageBatch, Length } from '@plateau/images';
import { readImages, type NamedImage } from './read-images.js';

/** One channel of 8 bit. */
export type GreyImage = Raster<Uint8Array>;

/** What was found in one image; the image itself is not kept. */
export interface AnalysedImage {
  readonly file: string;
  readonly label?: string;
  readonly measurement: CellMeasurement;
  readonly choices: Segmentation['choices'];
  readonly warnings: readonly string[];
}

/** How a set is analysed. */
export interface AnalyseOptions {
  readonly segment: (image: GreyImage) => Promise<Segmentation>;
  readonly pixelSize?: Length;
  /** Takes each image with its cells, for files. */
  readonly onImage?: (image: NamedImage, segmentation: Segmentation) => Promise<void>;
}

/** Finds and measures the cells of every image of a set. */
export async function analyseImages(set: string, options: AnalyseOptions): Promise<AnalysedImage[]> {
  const { segment, pixelSize, onImage } = options;
  const analysed: AnalysedImage[] = [];
  for await (const named of readImages(set)) {
    const { file, image, label } = named;
    const segmentation = await segment(image);
    const { labels, walls, choices } = segmentation;
    const measurement = measureCells(labels, { walls, ...(pixelSize && { pixelSize }) });
    await onImage?.(named, segmentation);
    const warnings = [...new Set([...segmentation.warnings, ...measurement.image.warnings])];
    analysed.push({ file, ...(label !== undefined && { label }), measurement, choices, warnings });
  }
  return analysed;
}

/** The overlay of an image as a batch of one, for a PNG file. */
export function overlayOf({ image }: NamedImage, { labels }: Segmentation): ImageBatch {
  const { width, height } = image;
  return { data: drawOverlay(image, labels), count: 1, width, height, channels: 3, range: [0, 255] };
}

/** The label map of an image as 16 bit, 0 for wall. */
export function labelBatch({ labels }: Segmentation, file: string): ImageBatch {
  const { data, width, height, count } = labels;
  if (count > 65535) throw new RangeError(`${file} has ${count} cells, more than a 16-bit label map holds`);
  return { data: Uint16Array.from(data), count: 1, width, height, channels: 1, range: [0, 65535] };
}
