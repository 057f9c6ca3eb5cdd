import type { Matrix } from '@plateau/numerics';
import { FeatureComparison } from './metrics/feature-comparison.js';
import type { MetricOptions } from './metrics/metric-definition.js';
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
}

/**
 * Scores generated features against reference features, one Score per metric. Work that metrics share is done once.
 * @param reference n×d
 * @param generated m×d
 * @throws RangeError for an unknown metric or option, widths that differ, NaN or infinite features, too few rows
 * @example scoreFeatures(reference, generated, { metrics: ['fid'] })[0].value
 */
export function scoreFeatures(reference: Matrix, generated: Matrix, options: ScoreFeaturesOptions = {}): Score[] {
  const { metrics = defaultMetrics, options: settings = {}, seed = 2020, extractor, preprocessing } = options;
  validateOptions(metrics, settings);
  const comparison = new FeatureComparison(reference, generated);
  return metrics.map((id) => {
    const definition = metricDefinition(id);
    const params = { ...definition.defaults, ...settings[id] };
    const chosen = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== 'auto'));
    const result = named(id, () => definition.compute(comparison, chosen as Record<string, never>, seed));
    return {
      metric: id,
      value: result.value,
      ...(result.standardError === undefined ? {} : { standardError: result.standardError }),
      n: { reference: reference.rows, generated: generated.rows },
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
  });
}

/** Says which metric a refusal comes from. */
function named<T>(id: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${id}: ${error.message}`, { cause: error });
    throw error;
  }
}
