import { RandomState, type Matrix } from '@plateau/numerics';
import { checkFeatures } from './check-features.js';
import { checkInteger } from './check-options.js';

/** Settings of `inceptionScore`. */
export interface InceptionScoreOptions {
  /** Parts that are scored separately; default 10. */
  readonly splits?: number;
  /** Whether samples are shuffled before they are split; default true. */
  readonly shuffle?: boolean;
  /** Seed of the shuffle, numpy's `RandomState(seed).permutation`; default 2020. */
  readonly seed?: number;
}

/** An Inception Score over its splits. */
export interface InceptionScore {
  /** Mean over the splits: the score of the literature. */
  readonly mean: number;
  /** Standard deviation over the splits (ddof 0). */
  readonly std: number;
}

/** A row of probabilities sums to 1 this closely in float32. */
const PROBABILITY_TOLERANCE = 1e-3;

/**
 * Inception Score (Salimans et al. 2016): exp(mean KL(p(y|x) ‖ p(y))) of a classifier's class probabilities, the softmax
 * of its logits, averaged over splits. From 1 to the number of classes; higher is better.
 *
 * Needs no reference and so cannot see whether the images are of the right kind: on micrographs an ImageNet classifier's
 * classes mean little. For the FID network take the 1008 logits without bias.
 * @param logits n×classes, n ≥ splits
 * @throws RangeError when n < splits, an element is NaN or Inf, or the rows are probabilities already
 * @example inceptionScore(matrix([[50, 0], [0, 50]]), { splits: 1 }).mean // => 2
 */
export function inceptionScore(logits: Matrix, options: InceptionScoreOptions = {}): InceptionScore {
  const { splits = 10, shuffle = true, seed = 2020 } = options;
  checkInteger('splits', splits, 1);
  checkFeatures(logits, 'generated', 1);
  if (logits.rows < splits) {
    throw new RangeError(`${splits} splits need at least ${splits} samples, got ${logits.rows}: lower splits`);
  }
  refuseProbabilities(logits);
  const order = shuffle
    ? new RandomState(seed).permutation(logits.rows)
    : Int32Array.from({ length: logits.rows }, (_, i) => i);
  const scores = Float64Array.from({ length: splits }, (_, i) => {
    const from = Math.floor((i * logits.rows) / splits);
    return scoreOf(logits, order.subarray(from, Math.floor(((i + 1) * logits.rows) / splits)));
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / splits;
  return { mean, std: Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / splits) };
}

function refuseProbabilities({ data, rows, cols }: Matrix): void {
  if (cols === 1) return;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      if (data[i * cols + j] < 0) return;
      sum += data[i * cols + j];
    }
    if (Math.abs(sum - 1) > PROBABILITY_TOLERANCE) return;
  }
  throw new RangeError('every row is non-negative and sums to 1: these are probabilities already, give the logits');
}

/** exp of the mean over samples of Σ p·(log p − log p̄). */
function scoreOf({ data, cols }: Matrix, samples: Int32Array): number {
  const mean = new Float64Array(cols);
  const logs = new Float64Array(samples.length * cols);
  samples.forEach((sample, s) => {
    logSoftmax(data.subarray(sample * cols, (sample + 1) * cols), logs.subarray(s * cols, (s + 1) * cols));
    for (let j = 0; j < cols; j++) mean[j] += Math.exp(logs[s * cols + j]) / samples.length;
  });
  let divergence = 0;
  for (let at = 0; at < logs.length; at++) {
    const probability = Math.exp(logs[at]);
    if (probability > 0) divergence += probability * (logs[at] - Math.log(mean[at % cols]));
  }
  return Math.exp(divergence / samples.length);
}

function logSoftmax(logits: Float32Array | Float64Array, out: Float64Array): void {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  const shift = largest + Math.log(sum);
  for (let j = 0; j < out.length; j++) out[j] = logits[j] - shift;
}
