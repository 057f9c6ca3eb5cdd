import { doubled } from '../raster/doubled.js';
import { floodBasins } from '../raster/flood-basins.js';
import { innerPixels } from '../raster/inner-pixels.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { eroded } from '../raster/three-by-three.js';
import { BUBBLE_WEIGHTS, bubbleOdds } from './bubble-odds.js';
import { hasFineLines, lineStrength } from './line-strength.js';
import { regionTree, type TreeRegion } from './region-tree.js';

/** Bubbles, and how they were found. */
export interface FoundBubbles {
  readonly labels: LabelMap;
  /** How many times larger the image was made for them: 2 where lines are fine, else 1. */
  readonly enlarged: number;
  /** Least depth of a basin, as a share of the strongest line there can be. */
  readonly h: number;
}

const STEPS = 64;
// Of a line's strength: shallower basins are noise.
const LEAST_DEPTH = 0.05;

/** Nested regions between dark lines, each of which may be a bubble, and what they were found in. */
export interface BubbleCandidates {
  readonly basins: LabelMap;
  /** Of dark lines, 0 to 1. */
  readonly strength: Raster;
  readonly enlarged: number;
  /** Parts before what they are part of. */
  readonly tree: readonly TreeRegion[];
}

/** What may be known of the image already. */
export interface CandidateOptions {
  /** What `hasFineLines` says of it. */
  readonly isFine?: boolean;
}

/** Parts the image into basins along dark lines, and merges them, the weakest line first, until one is left. */
export function bubbleCandidates(
  image: Raster,
  { isFine = hasFineLines(image) }: CandidateOptions = {},
): BubbleCandidates {
  const enlarged = isFine ? 2 : 1;
  const strength = lineStrength(enlarged === 2 ? doubled(image) : image);
  const relief = { ...strength, data: new Int32Array(strength.data.length) };
  for (let i = 0; i < relief.data.length; i++) relief.data[i] = Math.floor(STEPS * strength.data[i]! + 0.5);
  const basins = floodBasins(relief, Math.round(STEPS * LEAST_DEPTH));
  return { basins, strength, enlarged, tree: regionTree(basins, strength) };
}

/**
 * Bubbles with a dark rim in liquid as bright as they are: of the nested regions between dark lines those that are most
 * likely bubbles together (after Arteta, Lempitsky, Noble and Zisserman 2012).
 * @param image rims dark
 * @param weights of the features of a bubble; as fitted to photographs of liquid foam by default
 */
export function findBubbles(
  image: Raster,
  { weights = BUBBLE_WEIGHTS, ...known }: CandidateOptions & { readonly weights?: readonly number[] } = {},
): FoundBubbles {
  const { basins, enlarged, tree } = bubbleCandidates(image, known);
  const { numbers, count } = likeliest(tree, basins.count, weights);
  const regions = { ...basins, data: new Int32Array(basins.data.length), count };
  for (let i = 0; i < regions.data.length; i++) regions.data[i] = numbers[basins.data[i]!]!;
  const inner: Mask = { ...basins, data: innerPixels(regions) };
  // What borders on another region is the dark middle of the line between them: in the enlarged image two pixels.
  const labels = enlarged === 2 ? halvedLabels(within(regions, eroded(inner))) : within(regions, inner);
  return { labels, enlarged, h: LEAST_DEPTH };
}

// Bubbles of lower odds are not taken: at a third about as many are missed as made up.
const LEAST_ODDS = -0.7;

/**
 * Those of the nested regions whose odds add up to most.
 * @param tree parts before what they are part of
 * @returns for each basin the number of its region; 0 for none
 */
function likeliest(
  tree: readonly TreeRegion[],
  basins: number,
  weights: readonly number[],
): { numbers: Int32Array; count: number } {
  const odds = new Map<TreeRegion, number>();
  const isTaken = new Set<TreeRegion>();
  for (const region of tree) {
    const below = region.parts.reduce((sum, part) => sum + odds.get(part)!, 0);
    const own = bubbleOdds(region, weights) - LEAST_ODDS;
    if (own > 0 && own >= below) isTaken.add(region);
    odds.set(region, Math.max(own, below));
  }
  const numbers = new Int32Array(basins + 1);
  const inherited = new Map<TreeRegion, number>();
  let count = 0;
  for (const region of tree.toReversed()) {
    const number = inherited.get(region) ?? (isTaken.has(region) ? ++count : 0);
    if (number === 0) continue;
    for (const part of region.parts) inherited.set(part, number);
    if (region.parts.length === 0) numbers[region.label] = number;
  }
  return { numbers, count };
}

/** The labels where a mask is 1. */
function within(regions: LabelMap, { data: mask }: Mask): LabelMap {
  const data = new Int32Array(mask.length);
  for (let i = 0; i < data.length; i++) data[i] = regions.data[i]! & -mask[i]!;
  return { ...regions, data };
}

/** Half the size: the label that two or more of 2×2 pixels have. */
function halvedLabels({ data, width, height, count }: LabelMap): LabelMap {
  const small = { data: new Int32Array(data.length / 4), width: width / 2, height: height / 2, count };
  for (let y = 0, i = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, i++) {
      const at = y * width + x;
      const [a, b, c, d] = [data[at]!, data[at + 1]!, data[at + width]!, data[at + width + 1]!];
      small.data[i] =
        a !== 0 && (a === b || a === c || a === d) ? a : b !== 0 && (b === c || b === d) ? b : c === d ? c : 0;
    }
  }
  return small;
}
