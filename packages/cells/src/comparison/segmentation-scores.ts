import { requireSameSize, type LabelMap } from '../raster/raster.js';
import { growTerritories } from '../statistics/territories.js';

/** How well a segmentation agrees with the truth: 1 is perfect, 0 the worst. */
export interface SegmentationScores {
  /** V^Rand: the F-score of `randSplit` and `randMerge`. */
  readonly rand: number;
  /** The chance that two pixels of one true cell are in one found cell: low when cells are split. */
  readonly randSplit: number;
  /** The chance that two pixels of one found cell are in one true cell: low when cells are merged. */
  readonly randMerge: number;
  /** V^Info: the F-score of `infoSplit` and `infoMerge`. */
  readonly info: number;
  /** Mutual information over the entropy of the found cells: low when cells are split. */
  readonly infoSplit: number;
  /** Mutual information over the entropy of the true cells: low when cells are merged. */
  readonly infoMerge: number;
}

/**
 * The Rand and information-theoretic scores of the ISBI challenge (Arganda-Carreras et al. 2015, equations 3 and 6, with
 * α = ½), restricted to the foreground: only pixels of true cells count. Found walls are thinned to nothing first, each
 * pixel going to the nearest cell, so that how wide a wall was drawn does not count.
 * @param found 0 for wall
 * @param truth 0 for wall
 * @throws RangeError when the sizes differ, or either map has no cell
 * @example segmentationScores(oneCell, twoHalves).rand // => 2/3: nothing is split, half of all pairs are merged
 */
export function segmentationScores(found: LabelMap, truth: LabelMap): SegmentationScores {
  requireSameSize('segmentationScores (found and truth)', found, truth);
  if (found.count === 0 || truth.count === 0) {
    throw new RangeError(
      `segmentationScores: ${found.count} cells found, ${truth.count} in truth, expected one or more of each`,
    );
  }
  const { joint, ofFound, ofTruth } = countPixels(growTerritories(found).labels, truth);
  const [pairs, foundPairs, truePairs] = [joint, ofFound, ofTruth].map(sumOfSquares) as [number, number, number];
  const [both, foundEntropy, trueEntropy] = [joint, ofFound, ofTruth].map(entropy) as [number, number, number];
  const mutual = foundEntropy + trueEntropy - both;
  return {
    rand: pairs / (0.5 * foundPairs + 0.5 * truePairs),
    randSplit: pairs / truePairs,
    randMerge: pairs / foundPairs,
    info: ratio(mutual, 0.5 * foundEntropy + 0.5 * trueEntropy),
    infoSplit: ratio(mutual, foundEntropy),
    infoMerge: ratio(mutual, trueEntropy),
  };
}

/** Pixels in true cells: by found cell, by true cell, and by both. */
interface Counts {
  readonly ofFound: ReadonlyMap<number, number>;
  readonly ofTruth: ReadonlyMap<number, number>;
  readonly joint: ReadonlyMap<number, number>;
}

function countPixels(found: LabelMap, truth: LabelMap): Counts {
  const [ofFound, ofTruth, joint] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  const count = (map: Map<number, number>, key: number): void => void map.set(key, (map.get(key) ?? 0) + 1);
  for (let i = 0; i < truth.data.length; i++) {
    const cell = truth.data[i]!;
    if (cell === 0) continue;
    count(ofTruth, cell);
    count(ofFound, found.data[i]!);
    count(joint, cell * (found.count + 1) + found.data[i]!);
  }
  return { ofFound, ofTruth, joint };
}

function sumOfSquares(counts: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const n of counts.values()) sum += n * n;
  return sum;
}

/** In nats. */
function entropy(counts: ReadonlyMap<number, number>): number {
  let [total, sum] = [0, 0];
  for (const n of counts.values()) {
    total += n;
    sum += n * Math.log(n);
  }
  return Math.log(total) - sum / total;
}

/** A map of one cell has no entropy, so nothing of it is missed. */
function ratio(mutual: number, entropyOf: number): number {
  return entropyOf > 1e-12 ? mutual / entropyOf : 1;
}
