import {
  compareSets,
  drawOverlay,
  haveOtherWalls,
  measureCells,
  parsePixelSize,
  segmentCells,
  type CellMeasurement,
  type Raster,
} from '@plateau/cells';
import { concatBatches, contactSheet, encodePng, sliceBatch, toGrey, toUint8, type ImageBatch } from '@plateau/images';
import { PHYSICAL_DISTANCE } from './early-stopping.js';

/** Whether and how the cells of the samples are measured. */
export interface CellsOptions {
  /** Every so many scored epochs. Default 5. */
  readonly every?: number;
  /**
   * Images of each set, at most. Default 20: with fewer reference images no p-value can fall below 0.05, and `invalidShare`
   * is NaN.
   */
  readonly images?: number;
  /** Side of a pixel, as `0.1um`; without it lengths are in pixels. */
  readonly pixelSize?: string;
}

/** The cells of one set of images. */
export interface CellsReading {
  /** Means over the images, and the physical distance from the reference in units of the reference's own. */
  readonly values: Readonly<Record<string, number>>;
  /** Of whole cells, by property. */
  readonly distributions: Readonly<Record<string, readonly number[]>>;
  /** The images with the outlines of their cells, PNG. */
  readonly overlay: Uint8Array;
}

const imageProperties = ['cellDensity', 'porosity', 'equivalentDiameter', 'wallWidth', 'wallCompleteness'] as const;
const cellProperties = ['equivalentDiameter', 'circularity', 'neighbours'] as const;

/** What was measured of images; polarities are undefined where there are no cells. */
interface MeasuredImages {
  readonly measurements: readonly CellMeasurement[];
  readonly polarities: readonly (string | undefined)[];
}

/** Finds and measures the cells of samples beside those of the reference. */
export class CellsProbe {
  readonly every: number;
  readonly #images: number;
  readonly #pixelSize: ReturnType<typeof parsePixelSize> | undefined;
  #reference: MeasuredImages = { measurements: [], polarities: [] };

  /** @throws RangeError for counts or a length out of range */
  constructor({ every = 5, images = 20, pixelSize }: CellsOptions) {
    if (!Number.isInteger(every) || every < 1)
      throw new RangeError(`cells.every is a whole number of at least 1, got ${every}`);
    if (!Number.isInteger(images) || images < 2)
      throw new RangeError(`cells.images is a whole number of at least 2, got ${images}`);
    this.every = every;
    this.#images = images;
    this.#pixelSize = pixelSize === undefined ? undefined : parsePixelSize(pixelSize);
  }

  /** Measures the reference: the first images of the batch. */
  prepare(reference: ImageBatch): CellsReading {
    const { measured, ...reading } = this.#measure(reference);
    this.#reference = measured;
    return reading;
  }

  /** Measures samples and compares them with the reference. */
  measure(samples: ImageBatch): CellsReading {
    const { measured, values, ...pictures } = this.#measure(samples);
    const isAlien = haveOtherWalls(this.#reference.polarities, measured.polarities);
    const { physicalDistance, invalidShare } = compareSets(this.#reference.measurements, measured.measurements, {
      draws: 50,
      isAlien,
    });
    return { values: { ...values, [PHYSICAL_DISTANCE]: physicalDistance, invalidShare }, ...pictures };
  }

  #measure(batch: ImageBatch): CellsReading & { readonly measured: MeasuredImages } {
    const images = rastersOf(sliceBatch(batch, 0, Math.min(this.#images, batch.count)));
    const overlays: ImageBatch[] = [];
    const polarities: (string | undefined)[] = [];
    const measurements = images.map((image) => {
      const { labels, walls, choices } = segmentCells(image);
      polarities.push(labels.count > 0 ? choices.polarity : undefined);
      const { width, height } = image;
      overlays.push({ data: drawOverlay(image, labels), count: 1, width, height, channels: 3, range: [0, 255] });
      return measureCells(labels, { walls, ...(this.#pixelSize ? { pixelSize: this.#pixelSize } : {}) });
    });
    const sheet = contactSheet(concatBatches(overlays), { columns: Math.ceil(Math.sqrt(images.length)), gap: 2 });
    return {
      measured: { measurements, polarities },
      values: Object.fromEntries(
        imageProperties.map((name) => [name, meanOfFinite(measurements.map(({ image }) => image[name]))]),
      ),
      distributions: Object.fromEntries(
        cellProperties.map((name) => [
          name,
          measurements.flatMap(({ cells }) =>
            cells.filter(({ touchesBorder }) => !touchesBorder).map((cell) => cell[name]),
          ),
        ]),
      ),
      overlay: encodePng(sheet),
    };
  }
}

function rastersOf(batch: ImageBatch): Raster<Uint8Array>[] {
  const { data, width, height, count } = toUint8(toGrey(batch));
  const pixels = width * height;
  return Array.from({ length: count }, (_, i) => ({ data: data.slice(i * pixels, (i + 1) * pixels), width, height }));
}

/** An image without whole cells has NaN for their mean. */
function meanOfFinite(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}
