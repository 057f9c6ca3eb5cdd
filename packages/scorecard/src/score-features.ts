import type { Matrix } from '@plateau/numerics';
import { FeatureComparison } from './metrics/feature-comparison.js';
import type { MetricDefinition, MetricOptions } from './metrics/metric-definition.js';
import { defaultMetrics, metricDefinition } from './metrics/registry.js';
import { validateOptions } from './metrics/validate-options.js';
import type { Protocol, Score } from './score.js';

/** Which metrics to compute, how, and where the features came from. */
export interface ScoreFeaturesOptions {
  /** Ids, `all` for every one. Default: fid, kid, precision, recall, density, coverage, vendi. */
  readonly metrics?: readonly string[];
  /** Settings by metric id. */
  readonly options?: Readonly<Record<string, MetricOptions>>;
  /** Default 2020, the seed of torch-fidelity. */
  readonly seed?: number;
  readonly extractor?: Protocol['extractor'];
  readonly preprocessing?: Protocol['preprocessing'];
  /**
   * Told in one line of a metric that refuses these features, which is then left out, unless all refuse them; without it
   * the first refusal is thrown.
   */
  readonly onRefusal?: (message: string) => void;
}

/**
 * Scores generated features against reference features, one Score per metric. Work that metrics share is done once.
 * @param reference n×d
 * @param generated m×d
 * @throws RangeError for an unknown metric or option, widths that differ, NaN or infinite features, too few rows
 * @example scoreFeatures(reference, generated, { metrics: ['fid'] })[0].value
 */
export function scoreFeatures(reference: Matrix, generated: Matrix, options: ScoreFeaturesOptions = {}): Score[] {
  const {
    metrics = defaultMetrics,
    options: settings = {},
    seed = 2020,
    extractor,
    preprocessing,
    onRefusal,
  } = options;
  validateOptions(metrics, settings);
  const comparison = new FeatureComparison(reference, generated);
  const refusals: RangeError[] = [];
  const scores = metrics.flatMap((id) => {
    try {
      return [scoreOf(metricDefinition(id), comparison, settings[id], { seed, extractor, preprocessing })];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refusals.push(new RangeError(`${id}: ${error.message}`, { cause: error }));
      return [];
    }
  });
  if (refusals.length > 0 && (!onRefusal || scores.length === 0)) throw refusals[0];
  for (const { message } of refusals) onRefusal?.(message);
  return scores;
}

function scoreOf(
  definition: MetricDefinition,
  comparison: FeatureComparison,
  settings: MetricOptions | undefined,
  { seed, extractor, preprocessing }: Pick<Protocol, 'seed' | 'extractor' | 'preprocessing'>,
): Score {
  const params = { ...definition.defaults, ...settings };
  const chosen = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== 'auto'));
  const result = definition.compute(comparison, chosen as Record<string, never>, seed);
  return {
    metric: definition.id,
    value: result.value,
    ...(result.standardError === undefined ? {} : { standardError: result.standardError }),
    ...(result.interval ? { interval: result.interval } : {}),
    n: { reference: comparison.reference.rows, generated: comparison.generated.rows },
    direction: definition.direction,
    protocol: {
      ...(extractor ? { extractor } : {}),
      ...(preprocessing ? { preprocessing } : {}),
      params,
      seed,
    },
    ...(result.details ? { details: result.details } : {}),
    warnings: result.warnings ?? [],
  };
}
