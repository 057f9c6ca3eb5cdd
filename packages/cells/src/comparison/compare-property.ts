import type { RandomState } from '@plateau/numerics';
import { PooledValues } from './pooled-values.js';
import { cohensD, energyDistance, kolmogorovSmirnov } from './sample-distances.js';

/** One property, the generated set against the reference. */
export interface PropertyDistances {
  /** In the property's own unit. */
  readonly wasserstein: number;
  /** 95 % bootstrap interval of the distance: images, not cells, are drawn anew in both sets. */
  readonly interval: readonly [low: number, high: number];
  /** The mean distance of two random halves of the reference. */
  readonly floor: number;
  /** wasserstein / floor: about 1 when the sets can't be told apart; infinite when the reference never varies. */
  readonly timesFloor: number;
  readonly kolmogorovSmirnov: number;
  readonly energy: number;
  /** Cohen's d; above 0 when generated is larger. */
  readonly effect: number;
  /** Permutation test over images, not cells, since cells of one image are not independent. */
  readonly pValue: number;
}

/** How often images are drawn. */
export interface PropertyDraws {
  /** For the interval and the floor. */
  readonly draws: number;
  /** For the p-value, which can't be below 1 / (permutations + 1). */
  readonly permutations: number;
  readonly random: RandomState;
}

/**
 * Compares one property of two sets of images.
 * @param reference the values of each image: two images or more, none without a value
 * @param generated one image or more
 */
export function compareProperty(
  reference: readonly (readonly number[])[],
  generated: readonly (readonly number[])[],
  { draws, permutations, random }: PropertyDraws,
): PropertyDistances {
  const [n, m] = [reference.length, generated.length];
  const pool = new PooledValues([...reference, ...generated]);
  const own = Array.from({ length: n }, (_, k) => k);
  const other = Array.from({ length: m }, (_, k) => n + k);
  const between = (x: readonly number[], y: readonly number[]): number =>
    pool.wasserstein1(timesDrawn(x, n + m), timesDrawn(y, n + m));
  const wasserstein = between(own, other);
  const half = Math.floor(n / 2);
  let floor = 0;
  const resampled = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const mixed = shuffled(own, random);
    floor += between(mixed.slice(0, half), mixed.slice(half)) / draws;
    resampled[draw] = between(redrawn(own, random), redrawn(other, random));
  }
  let asFar = 1;
  for (let permutation = 0; permutation < permutations; permutation++) {
    const all = shuffled([...own, ...other], random);
    if (between(all.slice(0, n), all.slice(n)) >= wasserstein) asFar++;
  }
  const [x, y] = [reference.flat(), generated.flat()];
  return {
    wasserstein,
    interval: middle95(resampled.sort()),
    floor,
    timesFloor: floor > 0 ? wasserstein / floor : wasserstein > 0 ? Infinity : 1,
    kolmogorovSmirnov: kolmogorovSmirnov(x, y),
    energy: energyDistance(x, y),
    effect: cohensD(x, y),
    pValue: asFar / (permutations + 1),
  };
}

function timesDrawn(images: readonly number[], count: number): Int32Array {
  const times = new Int32Array(count);
  for (const image of images) times[image]!++;
  return times;
}

function redrawn<T>(items: readonly T[], random: RandomState): T[] {
  return items.map(() => items[random.randint(items.length)]!);
}

function shuffled<T>(items: readonly T[], random: RandomState): T[] {
  return Array.from(random.permutation(items.length), (i) => items[i]!);
}

function middle95(sorted: Float64Array): [low: number, high: number] {
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return [at(0.025), at(0.975)];
}
