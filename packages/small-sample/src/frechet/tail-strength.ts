import type { Matrix, RandomState } from '@plateau/numerics';
import { mean, standardDeviation } from 'simple-statistics';
import { bundleBlocks } from '../resampling/blocks.js';
import { calibrate } from './calibrate.js';
import { naiveDistance, type CrossMoments, type SampleWeights } from './cross-moments.js';
import { CrossProducts } from './cross-products.js';
import { FEWEST_BLOCKS } from './dependence.js';
import { interpolate } from './interpolate.js';
import { poweredWeights } from './sample-weights.js';

/** To what power the weights of a set's samples are raised, and what halves of the set say of it. */
export interface TailStrength {
  /** 0 for samples that are all alike, 1 for weights as they come. */
  readonly strength: number;
  readonly error: number;
  /** Calibrated distance of random halves at the strength that suits them best, whose truth is 0; missing for small sets. */
  readonly halves?: number;
  /** What chance alone moves that distance by: a standard deviation. */
  readonly noise?: number;
}

/** Random pairs of halves. */
const SPLITS = 3;
/** Samples below which halves are too small to calibrate. */
const FEWEST = 80;
const STRENGTHS = [0, 0.5, 1, 1.5, 2];
/** Weights count as they come, give or take this, where halves say nothing. */
const PRIOR = { mean: 1, deviation: 0.5 };
/** Share of what halves ask for beyond the prior that is taken over: tails matter less to the whole set, of twice their n. */
const CARRIED = 0.75;
/** Standard deviation of the calibrated distance of halves of n samples, as a share of the naive one: that of simulated sets. */
const noiseShare = (n: number): number => Math.max(0.01, Math.min(1, 0.2 * (50 / n) ** 1.5));

/**
 * Fits the strength of a set's weights so that its random halves come out 0 apart. Samples may be uneven on one scale of the
 * spectrum and even on another; one number then stands for all scales, and halves say which.
 * @param blocks rows that stay together, since they are not independent
 */
export function tailStrength(features: Matrix, blocks: readonly Int32Array[], random: RandomState): TailStrength {
  const fallback = { strength: PRIOR.mean, error: PRIOR.deviation };
  if (features.rows < FEWEST || blocks.length < FEWEST_BLOCKS) return fallback;
  const products = new CrossProducts(features, features);
  const splits = Array.from({ length: SPLITS }, () => {
    const [first, second] = bundleBlocks(blocks, 2, random);
    const moments = products.moments(first, second);
    const weights = products.weights(moments, first, second);
    const values = STRENGTHS.map((strength) => calibrate(weighted(moments, weights, strength, strength)).value);
    return { values, naive: naiveDistance(moments) };
  });
  const naive = mean(splits.map((split) => split.naive));
  const distances = STRENGTHS.map((_, i) => mean(splits.map(({ values }) => values[i])));
  const asTheyCome = splits.map(({ values }) => values[STRENGTHS.indexOf(PRIOR.mean)]);
  const noise = Math.max(noiseShare(features.rows / 2) * naive, standardDeviation(asTheyCome));
  return noise > 0 ? { ...likeliest(distances, noise), noise } : fallback;
}

/** Moments whose samples are weighed at some strength each. */
export function weighted(
  moments: CrossMoments,
  weights: SampleWeights | undefined,
  reference: number,
  generated: number,
): CrossMoments {
  if (!weights) return moments;
  return {
    ...moments,
    weights: {
      reference: poweredWeights(weights.reference, reference),
      generated: poweredWeights(weights.generated, generated),
    },
  };
}

/** The strength at which prior and distance of halves weigh least together, and its standard error there. */
function likeliest(distances: readonly number[], noise: number): Omit<TailStrength, 'noise'> {
  const most = STRENGTHS.at(-1)!;
  let best = { strength: 0, cost: Infinity, halves: 0 };
  for (let step = 0; step <= 200; step++) {
    const strength = (step / 200) * most;
    const halves = interpolate(STRENGTHS, distances, strength);
    const cost = (halves / noise) ** 2 + ((strength - PRIOR.mean) / PRIOR.deviation) ** 2;
    if (cost < best.cost) best = { strength, cost, halves };
  }
  const segment = Math.min(STRENGTHS.length - 2, Math.floor(best.strength / 0.5));
  const slope = (distances[segment + 1] - distances[segment]) / 0.5;
  const error = 1 / Math.hypot(slope / noise, 1 / PRIOR.deviation);
  return { strength: PRIOR.mean + CARRIED * (best.strength - PRIOR.mean), error, halves: best.halves };
}
