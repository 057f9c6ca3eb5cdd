import { kernelDistance } from '@plateau/fidelity';
import type { Matrix } from '@plateau/numerics';
import { memorisation, type Memorisation } from '../copying/memorisation.js';
import type { Extrapolation } from '../extrapolation/extrapolate.js';
import { frechetVersusN, type FrechetVersusN } from '../extrapolation/frechet-versus-n.js';
import { imagesNeeded } from '../extrapolation/images-needed.js';
import type { CalibratedDistance } from '../frechet/calibrated-frechet-distance.js';
import { compareOnReference, comparisonDraws, type ComparedOnReference } from './compare-on-reference.js';
import { checkSets } from './check-sets.js';
import { adviceFor, adviceWarnings, type Advice } from './advice.js';
import type { DiagnosedMetric } from './compared-metric.js';
import { constantColumns, exactDuplicatesAcross } from './data-checks.js';
import { diagnoseMetrics } from './diagnose-metrics.js';
import type { DiagnoseOptions } from './diagnose-options.js';
import { limitRows } from './limit-rows.js';
import { verdictOf } from './verdict.js';

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
  /** The generated set beside `against`, where that was given. */
  readonly comparison?: ComparedOnReference;
  /** What it comes to, with its evidence; missing without a generated set. */
  readonly verdict?: string;
  readonly advice: readonly Advice[];
  readonly warnings: readonly string[];
}

/**
 * Runs every small-sample diagnostic: of the reference alone (FID versus N), and of a generated set against it (floors and
 * ceilings, intervals, calibrated and extrapolated distances, power, memorisation, advice). A trial is one reseeded draw.
 * @param reference n×d features, n ≥ 20
 * @param generated m×d features, m ≥ 20
 * @throws RangeError when a set is too small (saying how many images are needed) or too large for `most`, widths differ, an
 * element is NaN or Inf, or groups are in both sets
 * @example (await diagnose(reference, generated)).memorisation?.verdict
 */
export async function diagnose(
  reference: Matrix,
  generated?: Matrix,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const { trials = 5, seed = 2020 } = options;
  checkSets(reference, generated, options);
  const limited = limitSets(reference, generated, options);
  const [x, y] = [limited.reference, limited.generated];
  const { onStep, onDraw } = limited.options;
  const constant = constantColumns(x, y);
  if (constant === reference.cols) {
    throw new RangeError(`all ${constant} features are constant in both sets: there is nothing to compare`);
  }
  onStep?.('FID versus N', 1);
  const versusN = frechetVersusN(x, { sizes: options.sizes, trials, seed });
  onDraw?.();
  const n = { reference: reference.rows, generated: generated?.rows ?? reference.rows };
  const advice = adviceFor({ n, dimension: reference.cols, constantColumns: constant });
  const warnings = [
    ...limited.warnings,
    ...adviceWarnings(advice),
    ...(trials === 1 ? ['one trial: no standard deviation over trials'] : []),
    ...oneImage(x, y),
    ...(constant > 0 ? [`${constant} of ${reference.cols} features are constant in both sets`] : []),
  ];
  const common = { dimension: reference.cols, trials, seed, frechetVersusN: versusN, advice };
  if (!y) return { n: { reference: reference.rows }, ...common, metrics: [], warnings };

  const shared = exactDuplicatesAcross(x, y);
  if (shared > 0) {
    warnings.push(
      `${shared} generated images are also in the reference: intervals assume that the sets are independent`,
    );
  }
  const { warnings: more, ...compared } = await diagnoseMetrics(x, y, limited.options);
  const comparison = await compareWith(limited.options.against, x, y, limited.options);
  onStep?.('memorisation', 1);
  const copying = memorisation(x, y, { heldOut: options.heldOut, names: limited.options.names, seed });
  onDraw?.();
  return {
    ...{ n, ...common, ...compared, ...(comparison ? { comparison } : {}), memorisation: copying },
    verdict: verdictOf(compared.metrics, compared.calibrated, copying),
    imagesNeeded: imagesForTest(x, y, compared.metrics),
    warnings: [...warnings, ...more],
  };
}

/** Sets whose images are all the same, where the other set's are not. */
function oneImage(reference: Matrix, generated: Matrix | undefined): string[] {
  return Object.entries({ reference, generated }).flatMap(([role, set]) =>
    set && constantColumns(set) === set.cols
      ? [`all ${set.rows} images of the ${role} set have the same features`]
      : [],
  );
}

/** The comparison with another generator, as a step of its own. */
async function compareWith(
  against: Matrix | undefined,
  reference: Matrix,
  generated: Matrix,
  options: DiagnoseOptions,
): Promise<ComparedOnReference | undefined> {
  if (!against) return undefined;
  options.onStep?.('two generators', comparisonDraws(options));
  return compareOnReference(reference, generated, against, options);
}

/** The sets with what belongs to their rows, at most `most` rows each. */
function limitSets(reference: Matrix, generated: Matrix | undefined, options: DiagnoseOptions) {
  const { most = 2000, seed = 2020, groups = {}, names } = options;
  const x = limitRows(reference, most, seed);
  const y = generated && limitRows(generated, most, seed + 1);
  const z = options.against && limitRows(options.against, most, seed + 2);
  const pick = <T>(list: readonly T[] | undefined, rows: Int32Array | undefined) =>
    list && rows ? Array.from(rows, (row) => list[row]) : list;
  const warnings = [
    ...(x.rows ? [`${most} of ${reference.rows} reference images were drawn for the diagnosis: raise most`] : []),
    ...(y?.rows ? [`${most} of ${generated!.rows} generated images were drawn for the diagnosis: raise most`] : []),
    ...(z?.rows ? [`${most} of ${options.against!.rows} images held against were drawn: raise most`] : []),
  ];
  return {
    reference: x.features,
    generated: y?.features,
    options: {
      ...options,
      names: pick(names, y?.rows),
      against: z?.features,
      groups: {
        reference: pick(groups.reference, x.rows),
        generated: pick(groups.generated, y?.rows),
        against: pick(groups.against, z?.rows),
      },
    },
    warnings,
  };
}

function imagesForTest(reference: Matrix, generated: Matrix, metrics: readonly DiagnosedMetric[]): number {
  const floor = metrics.find(({ metric }) => metric === 'kid')!.floor!;
  const kernel = kernelDistance(reference, generated, { subsets: 1 });
  const least = Math.min(reference.rows, generated.rows);
  return imagesNeeded({
    value: kernel.fullSample,
    nullDeviation: floor.std ?? 0,
    standardError: kernel.standardError * Math.sqrt(least / floor.n),
    n: floor.n,
  });
}
