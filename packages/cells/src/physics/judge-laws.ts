import { RandomState } from '@plateau/numerics';
import type { CellMeasurement } from '../statistics/measure-cells.js';
import { FOAM_LAWS } from './foam-laws.js';
import type { Law } from './law.js';

/** How laws are judged. */
export interface JudgeOptions {
  readonly laws?: readonly Law[];
  /** Bootstrap draws of images; 2000 by default. */
  readonly draws?: number;
  readonly seed?: number;
}

/** One law, the generated set against the reference. */
export interface LawVerdict {
  readonly law: string;
  readonly title: string;
  /** Mean deviation from the law over the images of each set. */
  readonly reference: number;
  readonly generated: number;
  /** (generated − reference) deviation over the reference's standard deviation between images; above 0 is worse. */
  readonly effect: number;
  /** 95 % bootstrap interval of the effect, by image. */
  readonly interval: readonly [low: number, high: number];
  /**
   * Whether the generated set keeps the law as well as the reference does: the effect's interval does not lie above 0, at a
   * level of 95 % for all laws together (Bonferroni).
   */
  readonly kept: boolean;
  /** Images of each set in which the law could be read. */
  readonly n: { readonly reference: number; readonly generated: number };
}

/**
 * Judges how well generated images keep the laws of foams. The yardstick is the reference's own deviation, not the ideal:
 * real foams break every law a little.
 * @throws RangeError when either set is empty
 */
export function judgeLaws(
  reference: readonly CellMeasurement[],
  generated: readonly CellMeasurement[],
  { laws = FOAM_LAWS, draws = 2000, seed = 0 }: JudgeOptions = {},
): LawVerdict[] {
  if (reference.length === 0 || generated.length === 0) {
    throw new RangeError(
      `judgeLaws: ${reference.length} reference and ${generated.length} generated images, expected one or more of each`,
    );
  }
  return laws.map((law, k) => {
    const read = (set: readonly CellMeasurement[]): number[] =>
      set.map((image) => law.read(image).deviation).filter(Number.isFinite);
    const [x, y] = [read(reference), read(generated)];
    const random = new RandomState(seed + k);
    const resampled = Array.from({ length: draws }, () => effectOf(resample(x, random), resample(y, random), x));
    const sorted = resampled.filter((value) => !Number.isNaN(value)).sort((a, b) => (a < b ? -1 : 1));
    const interval: [number, number] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
    return {
      law: law.id,
      title: law.title,
      reference: mean(x),
      generated: mean(y),
      effect: effectOf(x, y, x),
      interval,
      kept: !(quantile(sorted, 0.025 / laws.length) > 0),
      n: { reference: x.length, generated: y.length },
    };
  });
}

function effectOf(x: readonly number[], y: readonly number[], yardstick: readonly number[]): number {
  const middle = mean(yardstick);
  const spread = Math.sqrt(
    yardstick.reduce((sum, v) => sum + (v - middle) ** 2, 0) / Math.max(yardstick.length - 1, 1),
  );
  const difference = mean(y) - mean(x);
  // A reference without any spread: any difference is as large as it can be.
  return spread > 0 ? difference / spread : difference === 0 ? 0 : Math.sign(difference) * Infinity;
}

/** Without interpolation, which infinite effects would not stand. */
function quantile(sorted: readonly number[], p: number): number {
  return sorted[Math.round(p * (sorted.length - 1))] ?? NaN;
}

function resample(values: readonly number[], random: RandomState): number[] {
  return values.map(() => values[Math.min(Math.floor(random.random() * values.length), values.length - 1)]!);
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN;
}
