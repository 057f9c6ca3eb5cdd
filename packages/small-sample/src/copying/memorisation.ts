import { authenticPercentage, checkPair, dataCopyingTest, featureLikelihoodDivergence } from '@plateau/fidelity';
import { selectRows, nearestNeighbours, RandomState, type Matrix } from '@plateau/numerics';
import { exactDuplicatesAcross } from '../diagnosis/data-checks.js';
import { covarianceRank, type CovarianceRank } from './covariance-rank.js';
import { nearDuplicates, type Duplicates } from './near-duplicates.js';

/** Settings of `memorisation`. */
export interface MemorisationOptions {
  /** Reference images the generator was not trained on; default: a random half of the reference. */
  readonly heldOut?: Matrix;
  /** File names of the generated samples. */
  readonly names?: readonly string[];
  /** Default 2020. */
  readonly seed?: number;
}

/** Evidence of copying and of repetition, and what it comes to. */
export interface Memorisation {
  readonly verdict: string;
  readonly copies: boolean;
  readonly repeats: boolean;
  /** Median distance to the nearest training sample. */
  readonly nearest: { readonly generated: number; readonly heldOut: number };
  /** Share of generated samples nearer to training than 99 % of held-out ones: 0.01 is chance. */
  readonly tooNear: number;
  /** Generated samples that equal a training sample exactly. */
  readonly exactCopies: number;
  /** Percentage; about 50 for an honest generator, near 0 for copies. */
  readonly authPct: number;
  /** Missing where the cells have too few samples. */
  readonly dataCopying?: number;
  /** FLD: its gap rises where copies explain nothing but themselves. */
  readonly likelihoodDivergence: number;
  readonly duplicates: Duplicates;
  readonly rank: CovarianceRank;
  readonly warnings: readonly string[];
}

/** C_T below this is copying, as its authors have it. */
const COPYING_SCORE = -3;
/** `tooNear` above this is far from the 0.01 of chance. */
const TOO_NEAR = 0.1;

/**
 * Whether a generator has copied its training set or repeats itself: distances to the nearest training sample against those
 * of held-out ones, AuthPct, C_T, FLD, near-duplicates with the birthday estimate of the support, and the covariance's rank.
 *
 * Without `heldOut`, a half of the reference stands in that the generator has seen too, and copies of that half are missed.
 * @param reference l×d features of the training set, l ≥ 8
 * @param generated m×d features, m ≥ 2
 * @throws RangeError when a set is too small, the widths differ or an element is NaN or Inf
 * @example memorisation(training, generated, { heldOut }).verdict
 */
export function memorisation(reference: Matrix, generated: Matrix, options: MemorisationOptions = {}): Memorisation {
  checkPair(reference, generated, 2);
  if (reference.rows < 8)
    throw new RangeError(`memorisation needs 8 reference samples, got ${reference.rows}: add images`);
  const { names, seed = 2020 } = options;
  const [training, heldOut] = options.heldOut ? [reference, options.heldOut] : halves(reference, seed);
  const made = nearestNeighbours({ ...generated }, training, { k: 1 }).squaredDistances;
  const unseen = nearestNeighbours(heldOut, training, { k: 1 }).squaredDistances.slice().sort();
  const limit = unseen[Math.floor(0.01 * unseen.length)];
  const warnings = options.heldOut ? [] : ['no held-out images: a random half of the reference stands in for them'];
  const copying = dataCopying(training, generated, heldOut, seed);
  if (copying === undefined) warnings.push('C_T needs more images: its cells have no more than 20 generated ones each');
  const evidence = {
    nearest: { generated: rootMedian(made), heldOut: rootMedian(unseen) },
    tooNear: made.filter((value) => value < limit).length / generated.rows,
    exactCopies: exactDuplicatesAcross(reference, generated),
    authPct: authenticPercentage(reference, generated),
    ...(copying === undefined ? {} : { dataCopying: copying }),
    likelihoodDivergence: featureLikelihoodDivergence(training, generated, { heldOut, seed }).value,
    duplicates: nearDuplicates(reference, generated, { names }),
    rank: covarianceRank(generated),
  };
  if (evidence.exactCopies > 0) {
    warnings.push(
      `${evidence.exactCopies} generated images equal a reference image: the sets are not independent, which every interval ` +
        'assumes',
    );
  }
  const copies =
    evidence.tooNear > TOO_NEAR || (copying ?? 0) < COPYING_SCORE || evidence.exactCopies > 0.01 * generated.rows;
  const repeats = evidence.duplicates.pairs.length > 0.01 * generated.rows;
  return { verdict: verdictOf(copies, repeats, evidence, generated.rows), copies, repeats, ...evidence, warnings };
}

function halves(reference: Matrix, seed: number): [Matrix, Matrix] {
  const order = new RandomState(seed).permutation(reference.rows);
  const half = reference.rows >> 1;
  return [selectRows(reference, order.subarray(0, half)), selectRows(reference, order.subarray(half))];
}

/** C_T refuses sets that are too small for its cells; the other evidence stands without it. */
function dataCopying(training: Matrix, generated: Matrix, heldOut: Matrix, seed: number): number | undefined {
  try {
    return dataCopyingTest(training, generated, { heldOut, seed }).value;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function rootMedian(values: Float64Array): number {
  const sorted = values.slice().sort();
  return Math.sqrt((sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2);
}

function verdictOf(
  copies: boolean,
  repeats: boolean,
  {
    tooNear,
    authPct,
    dataCopying: copying,
    duplicates,
  }: Omit<Memorisation, 'verdict' | 'copies' | 'repeats' | 'warnings'>,
  n: number,
): string {
  const scores = `AuthPct ${authPct.toFixed(0)} %${copying === undefined ? '' : `, C_T ${copying.toFixed(1)}`}`;
  const near = `${(100 * tooNear).toFixed(0)} % of the generated images are nearer to training than 99 % of held-out ones are`;
  const repetition =
    duplicates.pairs.length === 0
      ? 'no near-duplicates'
      : `${duplicates.pairs.length} near-duplicate pairs in ${n}, a support of about ${Math.round(duplicates.supportSize)} images`;
  const finding = copies
    ? repeats
      ? 'Copies its training set and repeats itself'
      : 'Copies its training set'
    : repeats
      ? 'Repeats itself'
      : 'No sign of copying or repetition';
  return `${finding}: ${near}; ${scores}; ${repetition}.`;
}
