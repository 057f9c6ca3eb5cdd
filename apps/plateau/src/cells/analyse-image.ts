import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  drawOverlay,
  imageField,
  measureCells,
  measureSpatial,
  type CellMeasurement,
  type LabelMap,
  type Polarity,
  type ProbabilityCells,
  type Segmentation,
  type SpatialStatistics,
} from '@plateau/cells';
import { writePng, type ImageBatch, type Length, type SkippedImage } from '@plateau/images';
import { loadImage, type GreyImage, type ImageEntry } from './read-images.js';

/** What was found in one image; the image itself is not kept. */
export interface AnalysedImage {
  readonly file: string;
  readonly label?: string;
  readonly measurement: CellMeasurement;
  /** Where they were asked for. */
  readonly spatial?: SpatialStatistics;
  readonly choices: FoundCells['choices'];
  readonly warnings: readonly string[];
}

/** An image, and what to do with it; it may travel to another thread. */
export interface AnalysisJob {
  readonly entry: ImageEntry;
  /** Given by the user: it goes before what the file says. */
  readonly pixelSize?: Length;
  /** Whether spatial statistics are wanted, which take about as long as all others. */
  readonly spatial?: boolean;
  /** Files to write: an overlay, and the label map. */
  readonly overlay?: string;
  readonly labels?: string;
}

/** What a learned segmentation chose. */
export interface LearnedChoices extends Pick<ProbabilityCells, 'smoothing' | 'h' | 'mergeBelow'> {
  readonly classifier: 'u-net' | 'forest';
  readonly polarity: Polarity;
}

/** The cells of an image, by whatever found them. */
export interface FoundCells extends Pick<Segmentation, 'labels' | 'walls' | 'warnings'> {
  readonly choices: Segmentation['choices'] | LearnedChoices;
}

/** Finds the cells of an image. */
export type Segment = (image: GreyImage) => FoundCells | Promise<FoundCells>;

/** Finds and measures the cells of one image, and writes its files; of one that can't be read, says why. */
export async function analyseImage(job: AnalysisJob, segment: Segment): Promise<AnalysedImage | SkippedImage> {
  const { file, label } = job.entry;
  const loaded = await loadImage(job.entry);
  if ('reason' in loaded) return loaded;
  const { image, pixelSize: own } = loaded;
  const pixelSize = job.pixelSize ?? own;
  const found = await segment(image);
  const { labels, choices } = found;
  const field = imageField({ ...found, choices: { informationBar: 0, ...choices } });
  const known = pixelSize && { pixelSize };
  const measurement = measureCells(field.labels, { walls: field.walls, ...known });
  if (job.labels !== undefined) await writeInto(job.labels, labelBatch(labels, file));
  if (job.overlay !== undefined) await writeInto(job.overlay, overlayBatch(image, labels));
  return {
    file,
    ...(label !== undefined && { label }),
    measurement,
    ...(job.spatial && { spatial: measureSpatial(field.labels, { ...known }) }),
    choices,
    warnings: [...new Set([...found.warnings, ...measurement.image.warnings])],
  };
}

async function writeInto(path: string, batch: ImageBatch): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writePng(path, batch);
}

function overlayBatch(image: GreyImage, labels: LabelMap): ImageBatch {
  const { width, height } = image;
  return { data: drawOverlay(image, labels), count: 1, width, height, channels: 3, range: [0, 255] };
}

/** A label map as 16 bit, 0 for wall. */
function labelBatch({ data, width, height, count }: LabelMap, file: string): ImageBatch {
  if (count > 65535) throw new RangeError(`${file} has ${count} cells, more than a 16-bit label map holds`);
  return { data: Uint16Array.from(data), count: 1, width, height, channels: 1, range: [0, 65535] };
}
