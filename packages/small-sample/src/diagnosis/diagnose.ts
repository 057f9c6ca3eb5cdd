import { checkFeatures, checkPair, kernelDistance } from '@plateau/fidelity';
import type { Matrix } from '@plateau/numerics';
import { memorisation, type Memorisation } from '../copying/memorisation.js';
import { extrapolateFrechetDistance, type Extrapolation } from '../extrapolation/extrapolate.js';
import { frechetVersusN, type FrechetVersusN } from '../extrapolation/frechet-versus-n.js';
import { imagesNeeded } from '../extrapolation/images-needed.js';
import { splitHalfFloors, standing, type Floor, type Standing } from '../extrapolation/split-half-floor.js';
import { calibratedFrechetDistance, type CalibratedDistance } from '../frechet/calibrated-frechet-distance.js';
import { CrossProducts } from '../frechet/cross-products.js';
import { naiveDistance } from '../frechet/cross-moments.js';
import type { Groups } from '../resampling/blocks.js';
import { bootstrapIntervals } from '../resampling/bootstrap-intervals.js';
import type { DrawPool } from '../resampling/draw.js';
import { fastStatistic } from '../resampling/fast-statistic.js';
import { adviceFor, adviceWarnings, type Advice } from './advice.js';
import { constantColumns, exactDuplicatesAcross } from './data-checks.js';

/** Settings of `diagnose`. */
export interface DiagnoseOptions {
  /** Trials of the FID-versus-N table and, times four, draws of the floors; default 5. */
  readonly trials?: number;
  /** Bootstrap draws of the fast metrics; default 1000. */
  readonly draws?: number;
  /** Draws of the calibrated distance's parametric bootstrap; default 20. */
  readonly calibrationDraws?: number;
  readonly sizes?: readonly number[];
  /** Default 0.9. */
  readonly confidence?: number;
  /** Default 2020. */
  readonly seed?: number;
  readonly groups?: { readonly reference?: Groups; readonly generated?: Groups };
  /** Images the generator was not trained on. */
  readonly heldOut?: Matrix;
  /** File names of the generated images. */
  readonly names?: readonly string[];
  /** Measures the bootstrap's draws of `fastStatistic(reference, generated)`. */
  readonly pool?: DrawPool;
  /** Called with the name of each step as it begins. */
  readonly onStep?: (step: string) => void;
}

/** A metric with everything that says what it means. */
export interface DiagnosedMetric {
  readonly metric: string;
  readonly value: number;
  readonly standardError?: number;
  readonly interval?: readonly [number, number];
  readonly floor?: Floor;
  readonly standing?: Standing;
}

/** What a comparison of these sets is worth. */
export interface Diagnosis {
  readonly n: { readonly reference: number; readonly generated?: number };
  readonly dimension: number;
  readonly trials: number;
  readonly seed: number;
  readonly frechetVersusN?: FrechetVersusN;
  readonly metrics: readonly DiagnosedMetric[];
  readonly calibrated?: CalibratedDistance;
  /** FID∞ in the generated size alone, and in both. */
  readonly extrapolated?: { readonly generated: Extrapolation; readonly both: Extrapolation };
  /** Images of either set until a KID test at 5 % tells the sets apart with 80 % power. */
  readonly imagesNeeded?: number;
  readonly memorisation?: Memorisation;
  readonly advice: readonly Advice[];
  readonly warnings: readonly string[];
}

/** Images of either set that every part of a diagnosis can work with. */
const FEWEST = 20;

const DIRECTIONS = {
  fid: 'lower',
  kid: 'lower',
  'fid-mean': 'lower',
  precision: 'higher',
  recall: 'higher',
  density: 'higher',
  coverage: 'higher',
} as const;

/**
 * Runs every small-sample diagnostic: of the reference alone (FID versus N), and of a generated set against it (floors,
 * intervals, calibrated and extrapolated distances, power, memorisation, advice). A trial is one reseeded draw.
 * @param reference n×d features, n ≥ 20
 * @param generated m×d features, m ≥ 20
 * @throws RangeError when a set is too small (saying how many images are needed), widths differ, an element is NaN or Inf,
 * or groups are in both sets
 * @example (await diagnose(reference, generated)).memorisation?.verdict
 */
export async function diagnose(
  reference: Matrix,
  generated?: Matrix,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const { trials = 5, seed = 2020, onStep = () => {} } = options;
  if (generated) checkPair(reference, generated, FEWEST);
  else checkFeatures(reference, 'reference', FEWEST);
  onStep('FID versus N');
  const versusN = frechetVersusN(reference, { sizes: options.sizes, trials, seed });
  const constant = constantColumns(reference, generated);
  const n = { reference: reference.rows, generated: generated?.rows ?? reference.rows };
  const advice = adviceFor({ n, dimension: reference.cols, constantColumns: constant });
  const warnings = [
    ...adviceWarnings(advice),
    ...(trials === 1 ? ['one trial: no standard deviation over trials'] : []),
    ...(constant > 0 ? [`${constant} of ${reference.cols} features are constant in both sets`] : []),
  ];
  const common = { dimension: reference.cols, trials, seed, frechetVersusN: versusN, advice };
  if (!generated) return { n: { reference: reference.rows }, ...common, metrics: [], warnings };

  const shared = exactDuplicatesAcross(reference, generated);
  if (shared > 0) {
    warnings.push(
      `${shared} generated images are also in the reference: intervals assume that the sets are independent`,
    );
  }
  const compared = await compare(reference, generated, options);
  return { n, ...common, ...compared, warnings: [...warnings, ...compared.calibrated.warnings] };
}

async function compare(reference: Matrix, generated: Matrix, options: DiagnoseOptions) {
  const { trials = 5, draws = 1000, calibrationDraws = 20, confidence, seed = 2020, groups, pool } = options;
  const onStep = options.onStep ?? (() => {});
  const n = { reference: reference.rows, generated: generated.rows };
  onStep('bootstrap');
  const statistic = fastStatistic(reference, generated);
  const intervals = await bootstrapIntervals({ n, statistic, draws, confidence, seed, groups, pool });
  onStep('floors');
  const half = Math.min(Math.floor(reference.rows / 2), generated.rows);
  const own = { rows: reference.rows, n: half, draws: 4 * trials, seed, groups: groups?.reference };
  const products = new CrossProducts(reference, reference);
  const floors = {
    ...(await splitHalfFloors({ ...own, statistic: fastStatistic(reference, reference) })),
    ...(await splitHalfFloors({
      ...own,
      draws: Math.max(2, trials),
      statistic: (draw) => ({ fid: naiveDistance(products.moments(draw.reference, draw.generated)) }),
    })),
  };
  onStep('calibrated Fréchet distance');
  const calibrated = calibratedFrechetDistance(reference, generated, { draws: calibrationDraws, confidence, seed });
  onStep('FID∞');
  const extrapolated = {
    generated: extrapolateFrechetDistance(reference, generated, { seed, confidence }),
    both: extrapolateFrechetDistance(reference, generated, { seed, confidence, sizes: 'both' }),
  };
  onStep('memorisation');
  const copying = memorisation(reference, generated, { heldOut: options.heldOut, names: options.names, seed });
  const metrics: DiagnosedMetric[] = [
    standingOf('fid', { value: calibrated.naive }, floors.fid, half === generated.rows),
    withError('fid-calibrated', calibrated),
    withError('fid-infinity', extrapolated.both),
    ...Object.entries(intervals).map(([metric, { value, standardError, interval }]) =>
      standingOf(
        metric,
        { value, standardError, interval },
        floors[metric],
        half === generated.rows || metric === 'kid',
      ),
    ),
  ];
  const kernel = kernelDistance(reference, generated, { subsets: 1 });
  const needed = imagesNeeded({
    value: kernel.fullSample,
    nullDeviation: floors.kid.std ?? 0,
    standardError: kernel.standardError * Math.sqrt(Math.min(n.reference, n.generated) / half),
    n: half,
  });
  return { metrics, calibrated, extrapolated, imagesNeeded: needed, memorisation: copying };
}

type Measured = Pick<DiagnosedMetric, 'value' | 'standardError' | 'interval'>;

function withError(metric: string, { value, standardError, interval }: Measured): DiagnosedMetric {
  return {
    metric,
    value,
    ...(standardError === undefined ? {} : { standardError }),
    ...(interval ? { interval } : {}),
  };
}

/** A floor of fewer images than the score is shown, and not read: most metrics depend on n. */
function standingOf(metric: string, measured: Measured, floor: Floor, comparable: boolean): DiagnosedMetric {
  const direction = DIRECTIONS[metric as keyof typeof DIRECTIONS];
  const reading = comparable ? { standing: standing(measured.value, floor, { direction }) } : {};
  return { ...withError(metric, measured), floor, ...reading };
}
