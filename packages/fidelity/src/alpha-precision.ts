import { columnMeans, type Matrix } from '@plateau/numerics';
import { authenticPercentage } from './authenticity.js';
import { readArguments, type SetArguments } from './neighbourhood-arguments.js';

/** α-precision and β-recall with the curves they summarise. */
export interface AlphaPrecision {
  /** 1 − 2·the area between the α-precision curve and the diagonal. */
  readonly alphaPrecision: number;
  /** 1 − 2·the area between the β-recall curve and the diagonal. */
  readonly betaRecall: number;
  /** Share of generated samples that are not near-copies: `authenticPercentage` over 100. */
  readonly authenticity: number;
  /** The levels α = β: 30 equal steps from 0 to 1. */
  readonly levels: Float64Array;
  /** Share of generated samples in the ball around the reference mean that holds the share α of the reference. */
  readonly precisionCurve: Float64Array;
  /** Share of reference samples represented among the innermost share β of their nearest generated samples. */
  readonly recallCurve: Float64Array;
}

const STEPS = 30;

/**
 * α-precision, β-recall and authenticity (Alaa et al. 2022), in the feature space given, with balls around the means.
 * Each is at most 1; higher is better. For equal distributions the curves follow the diagonal.
 *
 * The paper first maps data into a hypersphere by a one-class network; features of a pretrained extractor are taken as
 * they are, as in its authors' evaluation of images. In many dimensions nearly all mass lies near one radius: read the
 * curves, not only the areas.
 * @param reference n×d features, n ≥ 2 (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features
 * @throws RangeError when n < 2, a set is empty, the widths differ or an element is NaN or Inf
 * @example alphaPrecision(x, x).authenticity // => 0
 */
export function alphaPrecision(...args: SetArguments<object>): AlphaPrecision {
  const { sets } = readArguments(args, 1);
  const levels = Float64Array.from({ length: STEPS }, (_, i) => i / (STEPS - 1));
  const centerX = columnMeans(sets.reference);
  const radiiX = distancesTo(sets.reference, centerX).sort();
  const generatedRadii = distancesTo(sets.generated, centerX);

  const nearest = sets.nearest('reference');
  const within = sets.neighbours('reference', 1);
  const generatedCentered = distancesTo(sets.generated, columnMeans(sets.generated));
  const closestRadii = Float64Array.from(nearest.indices, (j) => generatedCentered[j]);
  const sortedClosest = closestRadii.slice().sort();
  const represented = nearest.squaredDistances.map((d, i) => (d <= within.squaredDistances[i * within.k] ? 1 : 0));

  const precisionCurve = levels.map((level) => {
    const radius = quantile(radiiX, level);
    return meanOf(generatedRadii, (value) => value <= radius);
  });
  const recallCurve = levels.map((level) => {
    const radius = quantile(sortedClosest, level);
    return meanOf(closestRadii, (value, i) => represented[i] === 1 && value <= radius);
  });
  return {
    alphaPrecision: closenessToDiagonal(precisionCurve, levels),
    betaRecall: closenessToDiagonal(recallCurve, levels),
    authenticity: authenticPercentage(sets) / 100,
    levels,
    precisionCurve,
    recallCurve,
  };
}

function distancesTo({ data, rows, cols }: Matrix, center: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += (data[i * cols + j] - center[j]) ** 2;
    return Math.sqrt(sum);
  });
}

/** Linear interpolation between the two nearest order statistics, numpy's default. */
function quantile(sorted: Float64Array, level: number): number {
  const position = level * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

function meanOf(values: Float64Array, holds: (value: number, index: number) => boolean): number {
  return values.reduce((count, value, i) => count + (holds(value, i) ? 1 : 0), 0) / values.length;
}

function closenessToDiagonal(curve: Float64Array, levels: Float64Array): number {
  const gap = curve.reduce((sum, value, i) => sum + Math.abs(value - levels[i]), 0);
  return 1 - (2 * gap) / (STEPS - 1);
}
