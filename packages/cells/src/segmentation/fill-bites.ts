import { gaussianBlur } from '../raster/gaussian-blur.js';
import type { LabelMap, Raster } from '../raster/raster.js';
import { dentedCells, findBites, type Bite } from './find-bites.js';
import { fitCircle, type FittedCircle } from './fit-circle.js';

// The most dented cells show whether there are balls, with as many bites at least and so much of their area.
const JUDGED_CELLS = 12;
const LEAST_BITES = 5;
const LEAST_SHARE = 0.02;
// A bite is round if its edge is so near to a circle, as a share of the radius, and the circle is no larger than that.
const ROUND = 0.12;
const LARGEST_RADIUS = 15;
// How much brighter round bites are than the walls around them, in standard deviations of the walls, over the area of all
// bites. Read off synthetic foam: mostly 0.28 to 0.9 with glass spheres, up to 0.2 with flakes and without particles.
const LEAST_RING = 0.25;
// Of the cells: where more are dented, their walls are rough.
const MOST_DENTED = 0.55;

/**
 * Gives to cells what balls on their walls cover. Balls as bright as walls bite round dents into the cells; the outline
 * is drawn behind them as if the cell were convex there.
 *
 * Only where the image shows balls: dents are many, and the round ones are brighter just within their circle than the
 * wall just outside it. The same cells are returned otherwise.
 * @param image walls bright, in its own light, unsmoothed
 */
export function fillBites(cells: LabelMap, image: Raster): LabelMap {
  const dented = dentedCells(cells);
  if (dented.length > MOST_DENTED * cells.count) return cells;
  const judged = dented.slice(0, JUDGED_CELLS);
  const bites = judged.flatMap((cell) => findBites(cells, cell));
  const area = sumOf(bites, ({ pixels }) => pixels.length);
  if (bites.length < LEAST_BITES || area < LEAST_SHARE * sumOf(judged, (cell) => cell.area)) return cells;
  const smoothed = gaussianBlur(image, 1);
  const deviation = wallDeviation(cells, smoothed.data);
  const ring = sumOf(bites, (bite) => bite.pixels.length * ringOf(bite, cells, smoothed)) / area;
  if (!(ring >= LEAST_RING * deviation)) return cells;
  const others = dented.slice(JUDGED_CELLS).flatMap((cell) => findBites(cells, cell));
  const data = cells.data.slice();
  for (const { label, pixels } of [...bites, ...others]) for (const i of pixels) data[i] = label;
  return { ...cells, data };
}

function sumOf<T>(values: readonly T[], value: (of: T) => number): number {
  return values.reduce((sum, of) => sum + value(of), 0);
}

function wallDeviation({ data }: LabelMap, grey: Float32Array): number {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 0) continue;
    n++;
    sum += grey[i]!;
    squares += grey[i]! ** 2;
  }
  return n > 0 ? Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)) : 0;
}

/** How much brighter walls are just inside a bite's circle than just outside; 0 for a bite that is not round. */
function ringOf({ edge }: Bite, cells: LabelMap, image: Raster): number {
  const circle = fitCircle(edge);
  const isRound = circle.radius < LARGEST_RADIUS && circle.deviation < ROUND * circle.radius;
  return isRound ? ringContrast(circle, cells, image) : 0;
}

const RING = 3;
const LEAST_PIXELS = 6;

function ringContrast({ x, y, radius }: FittedCircle, cells: LabelMap, { data: grey, width, height }: Raster): number {
  const reach = radius + RING;
  let [inside, insides, outside, outsides] = [0, 0, 0, 0];
  for (let row = Math.max(0, Math.floor(y - reach)); row <= Math.min(height - 1, y + reach); row++) {
    for (let column = Math.max(0, Math.floor(x - reach)); column <= Math.min(width - 1, x + reach); column++) {
      const i = row * width + column;
      if (cells.data[i] !== 0) continue;
      const distance = Math.hypot(column - x, row - y);
      if (distance < radius && distance > radius - RING) {
        inside += grey[i]!;
        insides++;
      } else if (distance > radius + 0.5 && distance < reach) {
        outside += grey[i]!;
        outsides++;
      }
    }
  }
  if (insides < LEAST_PIXELS || outsides < LEAST_PIXELS) return 0;
  return inside / insides - outside / outsides;
}
