import { checkBatch } from './check-batch.js';
import type { ImageBatch } from './image-batch.js';
import { sampleArray } from './sample-array.js';

/** How images are laid out. */
export interface ContactSheetOptions {
  /** Images a row; by default the sheet is about square. */
  readonly columns?: number;
  /** Pixels between images; 2 by default. */
  readonly gap?: number;
}

/**
 * All images of a batch side by side, in rows, as a batch of one image; gaps and empty places take the range's maximum.
 * @throws RangeError when the batch is empty or an option is no whole number
 */
export function contactSheet(
  batch: ImageBatch,
  { columns = Math.ceil(Math.sqrt(batch.count)), gap = 2 }: ContactSheetOptions = {},
): ImageBatch {
  const { data, count, height, width, channels, range } = checkBatch(batch);
  if (count === 0) throw new RangeError('contactSheet: the batch is empty, expected one image or more');
  if (!Number.isInteger(columns) || columns < 1 || !Number.isInteger(gap) || gap < 0) {
    throw new RangeError(
      `contactSheet: columns is ${columns} and gap ${gap}, expected whole numbers from 1 and from 0`,
    );
  }
  const rows = Math.ceil(count / columns);
  const sheetWidth = columns * (width + gap) - gap;
  const sheetHeight = rows * (height + gap) - gap;
  const sheet = sampleArray(data, sheetHeight * sheetWidth * channels).fill(range[1]);
  const rowLength = width * channels;
  for (let i = 0; i < count; i++) {
    const left = (i % columns) * (width + gap);
    const top = Math.floor(i / columns) * (height + gap);
    for (let y = 0; y < height; y++) {
      const from = (i * height + y) * rowLength;
      sheet.set(data.subarray(from, from + rowLength), ((top + y) * sheetWidth + left) * channels);
    }
  }
  return { ...batch, data: sheet, count: 1, height: sheetHeight, width: sheetWidth };
}
