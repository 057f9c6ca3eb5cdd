/** Whether a metric's value means something at this n and d. */
export interface Advice {
  readonly metric: string;
  readonly trust: 'yes' | 'limited' | 'no';
  readonly reason: string;
}

/** What advice rests on. */
export interface AdviceInput {
  readonly n: { readonly reference: number; readonly generated: number };
  readonly dimension: number;
  /** Columns that do not vary in either set. */
  readonly constantColumns?: number;
}

/** Images under which neighbourhood balls are too wide to mean anything. */
const FEWEST_FOR_BALLS = 50;

/**
 * Which metrics can be trusted with that many images and features.
 * @throws RangeError when a count is not a positive integer
 * @example adviceFor({ n: { reference: 200, generated: 200 }, dimension: 2048 })[0].trust // => 'no'
 */
export function adviceFor({ n, dimension, constantColumns = 0 }: AdviceInput): Advice[] {
  for (const [name, value] of Object.entries({ ...n, dimension })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive integer, got ${value}`);
    }
  }
  const least = Math.min(n.reference, n.generated);
  const live = dimension - constantColumns;
  const unequal = Math.max(n.reference, n.generated) > 1.5 * least;
  return [
    frechetAdvice(least, live),
    calibratedAdvice(least),
    extrapolatedAdvice(least, live),
    {
      metric: 'kid',
      trust: least >= 20 ? 'yes' : 'limited',
      reason: 'unbiased at any n; read it with its standard error',
    },
    { metric: 'fid-mean', trust: 'yes', reason: 'needs no covariance; blind to lost diversity' },
    ...['precision', 'recall', 'density', 'coverage'].map((metric): Advice => {
      if (least < FEWEST_FOR_BALLS) {
        return {
          metric,
          trust: 'no',
          reason: `neighbourhoods of ${least} images are too wide: ${FEWEST_FOR_BALLS} are needed`,
        };
      }
      return unequal
        ? { metric, trust: 'limited', reason: `depends on n: ${n.reference} against ${n.generated} images` }
        : { metric, trust: 'limited', reason: 'compare only at equal n, beside the reference against itself' };
    }),
    {
      metric: 'vendi',
      trust: 'limited',
      reason: `cannot exceed n = ${n.generated}: compare with as many reference images`,
    },
  ];
}

function frechetAdvice(least: number, dimension: number): Advice {
  if (least <= dimension) {
    const reason = `${least} images for ${dimension} features: the covariance is singular and most of the value is bias`;
    return { metric: 'fid', trust: 'no', reason };
  }
  if (least < 5 * dimension) {
    return {
      metric: 'fid',
      trust: 'limited',
      reason: `under 5 images a feature: biased upwards, compare only at equal n`,
    };
  }
  return { metric: 'fid', trust: 'yes', reason: `${least} images for ${dimension} features` };
}

function calibratedAdvice(least: number): Advice {
  const metric = 'fid-calibrated';
  if (least < 20) return { metric, trust: 'no', reason: `${least} images, at least 20 are needed` };
  if (least < 200) return { metric, trust: 'limited', reason: 'measured from 200 images on; heed its interval' };
  return { metric, trust: 'yes', reason: 'nearly unbiased; assumes independent images' };
}

function extrapolatedAdvice(least: number, dimension: number): Advice {
  const metric = 'fid-infinity';
  if (least < 2 * dimension) {
    return {
      metric,
      trust: 'no',
      reason: `its straight line in 1/N needs more images than features: ${2 * dimension} or so`,
    };
  }
  return { metric, trust: 'yes', reason: 'its line in 1/N holds where images outnumber features' };
}

/** Advice as warning lines: what can't be trusted, and why. */
export function adviceWarnings(advice: readonly Advice[]): string[] {
  return advice
    .filter(({ trust }) => trust === 'no')
    .map(({ metric, reason }) => `${metric} can't be trusted here: ${reason}`);
}
