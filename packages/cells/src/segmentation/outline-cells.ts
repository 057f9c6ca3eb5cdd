import { squaredDistance } from '../raster/distance-transform.js';
import { innerPixels } from '../raster/inner-pixels.js';
import type { LabelMap, Raster } from '../raster/raster.js';
import { signedSquaredDistance } from '../raster/signed-distance.js';
import { dilated, eroded } from '../raster/three-by-three.js';
import { largestPieces } from './largest-pieces.js';
import { majority } from './majority.js';
import { narrowWallRise } from './narrow-walls.js';

/** How outlines are drawn. */
export interface OutlineOptions {
  /**
   * How far up the way from a cell's level to that of its wall's rim the outline lies: 0.5, half-way, where both are even;
   * more where rims shine, as under an electron microscope, since blur then carries light into the cell.
   */
  readonly rimShare: number;
  /** Whether walls are as bright everywhere: then blur alone keeps narrow ones from their level, and is made up for. */
  readonly isEven: boolean;
}

/**
 * Draws the outline of each cell inside its territory at a grey level of its own, so that uneven brightness and cells of
 * other depth do not shift it: first where the mean profile from the territory's border inwards falls most steeply,
 * then at a share of the way from the level just inside that line to the one just outside it.
 * @param image walls bright, in its own light, unsmoothed
 * @returns the territories' labels; 0 on walls
 */
export function outlineCells(image: Raster, territories: LabelMap, options: OutlineOptions): LabelMap {
  const first = largestPieces(territories, steepestOutline(image.data, territories));
  return largestPieces(territories, opened(territories, levelOutline(image.data, territories, first, options)));
}

// Profiles reach so deep into a territory, in pixels.
const REACH = 24;
// Depths beyond what 1.5 times that reach asks for are all the same.
const DEEPEST = 1.5 * REACH + 2;

function steepestOutline(grey: Float32Array, territories: LabelMap): Uint8Array {
  const { data, width, height, count } = territories;
  const depth = squaredDistance({ data: innerPixels(territories), width, height }, { most: DEEPEST ** 2 }).data;
  const sums = new Float64Array((count + 1) * REACH);
  const sizes = new Int32Array(sums.length);
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0 || depth[i]! >= REACH * REACH) continue;
    const at = data[i]! * REACH + STEPS[depth[i]!]!;
    sums[at]! += grey[i]!;
    sizes[at]!++;
  }
  // Row 0 takes the profile of all territories: no cell's wall is much thicker than that.
  for (let at = REACH; at < sums.length; at++) {
    sums[at % REACH]! += sums[at]!;
    sizes[at % REACH]! += sizes[at]!;
  }
  const thresholds = new Float64Array(count + 1).fill(255);
  const reaches = new Float64Array(count + 1);
  // Outside all territories there is no cell.
  thresholds[0] = -Infinity;
  reaches[0] = Infinity;
  const deepest = 2 * steepestStep(sums, sizes, 0, REACH) + 2;
  for (let label = 1; label <= count; label++) {
    const step = steepestStep(sums, sizes, label * REACH, deepest);
    const at = label * REACH + step;
    if (sizes[at + 1]! > 0) thresholds[label] = (sums[at]! / sizes[at]! + sums[at + 1]! / sizes[at + 1]!) / 2;
    // Twice the wall's half width, and a Plateau border's bulge: what is bright farther in lies in the cell.
    reaches[label] = (1.5 * (step + 1) + 2) ** 2;
  }
  const cell = new Uint8Array(data.length);
  for (let i = 0; i < cell.length; i++) {
    const label = data[i]!;
    cell[i] = Number(grey[i]! <= thresholds[label]!) | Number(depth[i]! >= reaches[label]!);
  }
  return cell;
}

/** Between which step of a profile and the next the grey level falls most; steps of fewer than four pixels end it. */
function steepestStep(sums: Float64Array, sizes: Int32Array, from: number, reach: number): number {
  let [steepest, found] = [-Infinity, 0];
  for (let d = 0; d + 1 < Math.min(reach, REACH) && sizes[from + d + 1]! >= 4; d++) {
    const fall = sums[from + d]! / sizes[from + d]! - sums[from + d + 1]! / sizes[from + d + 1]!;
    if (fall > steepest) [steepest, found] = [fall, d];
  }
  return found;
}

// Pixels over which a cell's own levels outweigh those of the whole image.
const PRIOR = 50;

function levelOutline(
  grey: Float32Array,
  territories: LabelMap,
  first: LabelMap,
  { rimShare, isEven }: OutlineOptions,
): Uint8Array {
  const { data, count } = territories;
  const side = signedSteps(first);
  const [inside, rim] = [new LevelSums(count), new LevelSums(count)];
  for (let i = 0; i < data.length; i++) {
    const step = side[i]!;
    if (step === 3 || step === 4) inside.add(data[i]!, grey[i]!);
    else if (step === -3 || step === -2) rim.add(data[i]!, grey[i]!);
  }
  const [insides, rims] = [inside.levels(), rim.levels()];
  const thresholds = new Float64Array(count + 1).fill(-Infinity);
  const share = isEven ? rimShare * narrowWallRise(grey, territories, { side, insides, rims }) : rimShare;
  for (let label = 1; label <= count; label++) {
    const low = insides[label]!;
    thresholds[label] = low + share * (rims[label]! - low);
  }
  const cell = new Uint8Array(data.length);
  for (let i = 0; i < cell.length; i++) {
    // More than three pixels from the first outline nothing changes sides.
    const isNear = Number(side[i]! >= -3) & Number(grey[i]! <= thresholds[data[i]!]!);
    cell[i] = Number(side[i]! >= 4) | isNear;
  }
  return majority(territories, cell, side);
}

/** Grey levels of each territory's pixels at some distances from the first outline. */
class LevelSums {
  readonly #sums: Float64Array;
  readonly #sizes: Int32Array;

  constructor(count: number) {
    this.#sums = new Float64Array(count + 1);
    this.#sizes = new Int32Array(count + 1);
  }

  add(label: number, level: number): void {
    this.#sums[label]! += level;
    this.#sizes[label]!++;
  }

  /** Each territory's mean, drawn towards that of all. */
  levels(): Float64Array {
    const sizes = this.#sizes;
    const total =
      this.#sums.reduce((sum, value) => sum + value, 0) /
      Math.max(
        1,
        sizes.reduce((sum, n) => sum + n, 0),
      );
    return this.#sums.map((sum, label) => (sum + PRIOR * total) / (sizes[label]! + PRIOR));
  }
}

/** Cuts bridges and whiskers of one or two pixels off: an opening by 3×3 pixels, left undone in cells that it would delete. */
function opened({ data, width, height, count }: LabelMap, cell: Uint8Array): Uint8Array {
  const core = eroded({ data: cell, width, height });
  const isThick = new Uint8Array(count + 1);
  for (let i = 0; i < data.length; i++) if (core.data[i]) isThick[data[i]!] = 1;
  const result = dilated(core).data;
  for (let i = 0; i < result.length; i++) result[i] = cell[i]! & (result[i]! | (isThick[data[i]!]! ^ 1));
  return result;
}

/** Whole steps from a cell's outline: 1, 2, … in cells and −1, −2, … in walls, up to 8. */
function signedSteps({ data, width, height }: LabelMap): Int8Array {
  const cell = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) cell[i] = Number(data[i]! > 0);
  const distance = signedSquaredDistance({ data: cell, width, height }, { most: MOST_STEPS ** 2 }).data;
  const steps = new Int8Array(data.length);
  for (let i = 0; i < steps.length; i++) steps[i] = SIGNED_STEPS[distance[i]! + MOST_STEPS ** 2]!;
  return steps;
}

const MOST_STEPS = 8;

/** From the outline −8² to 8² a squared distance: whole parts of roots, with the sign. */
const SIGNED_STEPS = Int8Array.from({ length: 2 * MOST_STEPS ** 2 + 1 }, (_, k) => {
  const squared = k - MOST_STEPS ** 2;
  return Math.sign(squared) * Math.floor(Math.sqrt(Math.abs(squared)));
});

/** Whole parts of square roots. */
const STEPS = Int8Array.from({ length: REACH * REACH }, (_, squared) => Math.sqrt(squared));
