import type { LabelMap } from '../raster/raster.js';

/** What is known along the walls of cells. */
export interface WallLevels {
  /** Whole steps of each pixel from its cell's outline, negative in walls. */
  readonly side: Int8Array;
  /** Grey level of each cell. */
  readonly insides: Float64Array;
  /** Grey level of each cell's rim, as it was seen. */
  readonly rims: Float64Array;
}

/**
 * How much higher the level of an outline must lie where walls are so narrow that blur keeps them from their true level:
 * half-way to a peak that blur has lowered lies outside the wall. What blur took is seen where three walls meet, which
 * stay brighter than walls do between two cells.
 *
 * A straight wall of width w under a Gaussian blur σ has, at its edge and with t = w/σ, (Φ(t) − ½) / (2Φ(t/2) − 1) of its
 * peak. That of three such walls that meet at 120° is 1.04, 1.09, 1.19 and 1.33 times as high for t of 4, 3, 2 and 1.
 * @param grey walls bright
 * @returns a factor from 1 upwards for the way from cell to rim; 1 where no walls meet
 */
export function narrowWallRise(grey: Float32Array, territories: LabelMap, levels: WallLevels): number {
  const { crossings, ridges } = peaks(grey, territories, levels);
  // Where rims are the pixels two steps deep, a wall of two pixels has none but at its crossings.
  const ridge = Math.min(1, ridges);
  return Math.max(1, ridge * edgeRise(crossings / ridge));
}

/** The level at an edge, over half the peak of its wall, by how much higher the peak is where three such walls meet. */
function edgeRise(crossingPerRidge: number): number {
  const excess = Math.min(Math.max(crossingPerRidge - 1, 0), MOST_EXCESS);
  return 1 + excess * (1.3 + 4 * excess);
}

// Three walls that are much narrower than the blur add up to one and a half.
const MOST_EXCESS = 0.5;

/** Peaks where three walls meet, and along the walls between two cells, both over the rims there. */
function peaks(
  grey: Float32Array,
  { data, width, height }: LabelMap,
  { side, insides, rims }: WallLevels,
): { readonly crossings: number; readonly ridges: number } {
  let [crossing, crossingRim, ridge, ridgeRim] = [0, 0, 0, 0];
  for (let y = MARGIN; y < height - MARGIN - 1; y++) {
    for (let x = MARGIN, i = y * width + MARGIN; x < width - MARGIN - 1; x++, i++) {
      const [a, b, c, d] = [data[i]!, data[i + 1]!, data[i + width]!, data[i + width + 1]!];
      if (a === b && a === c && a === d) continue;
      if (a === 0 || b === 0 || c === 0 || d === 0) continue;
      const isCrossing = (a === b ? 0 : 1) + (c === a || c === b ? 0 : 1) + (d === a || d === b || d === c ? 0 : 1) > 1;
      const peak = brightestRing(grey, width, i, isCrossing ? 1 : 0);
      const cell = data[peak]!;
      const [rise, rim] = [grey[peak]! - insides[cell]!, rims[cell]! - insides[cell]!];
      if (isCrossing) {
        crossing += rise;
        crossingRim += rim;
      } else if (side[peak]! < 0) {
        ridge += rise;
        ridgeRim += rim;
      }
    }
  }
  return {
    crossings: crossingRim > 0 ? crossing / crossingRim : 1,
    ridges: ridgeRim > 0 ? ridge / ridgeRim : 1,
  };
}

// As far from the image's edge as a crossing's ring can reach.
const MARGIN = 3;

/**
 * The pixel, of the 2×2 from `i` on and `more` around them, whose eight neighbours are brightest. Its own level has no say,
 * so that noise does not choose the brightest.
 */
function brightestRing(grey: Float32Array, width: number, i: number, more: number): number {
  let [best, found] = [-Infinity, i];
  for (let dy = -more; dy <= 1 + more; dy++) {
    for (let dx = -more; dx <= 1 + more; dx++) {
      const at = i + dy * width + dx;
      const [above, below] = [at - width, at + width];
      const sides = grey[at - 1]! + grey[at + 1]! + grey[above]! + grey[below]!;
      const ring = 2 * sides + grey[above - 1]! + grey[above + 1]! + grey[below - 1]! + grey[below + 1]!;
      if (ring > best) [best, found] = [ring, at];
    }
  }
  return found;
}
