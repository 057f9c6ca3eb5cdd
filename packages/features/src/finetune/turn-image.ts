import type { ImageBatch } from '@plateau/images';

/** Ways to turn or mirror an image, besides leaving it as it is; the first three keep the shape of one that is not square. */
export const TURNS = 7;
const SHAPE_KEEPING_TURNS = 3;

/** How many of the ways to turn an image leave it as high and as wide. */
export function turnsOf({ height, width }: { height: number; width: number }): number {
  return height === width ? TURNS : SHAPE_KEEPING_TURNS;
}

/**
 * Writes an image of a batch turned or mirrored: the eight symmetries of the square, by number. Bit 0 mirrors left and right,
 * bit 1 top and bottom, bit 2 swaps rows and columns first.
 * @param options.turn 1 … {@link turnsOf} (0 copies)
 * @param options.to where its samples go
 */
export function turnImage(batch: ImageBatch, options: { index: number; turn: number; to: ImageBatch['data'] }): void {
  const { height, width, channels, data } = batch;
  const { index, turn, to } = options;
  const first = index * height * width * channels;
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = turn & 4 ? [x, y] : [y, x];
      const fromY = turn & 2 ? height - 1 - row : row;
      const fromX = turn & 1 ? width - 1 - column : column;
      const from = first + (fromY * width + fromX) * channels;
      for (let channel = 0; channel < channels; channel++) to[at++] = data[from + channel]!;
    }
  }
}
