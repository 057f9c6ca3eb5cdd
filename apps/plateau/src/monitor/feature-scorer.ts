import { principalComponents, project, selectRows, type Matrix, type PrincipalComponents } from '@plateau/numerics';
import { scoreFeatures, type Score, type ScoreFeaturesOptions } from '@plateau/scorecard';
import type { GeneratorSignals, Yardstick } from './collapse/generator-signals.js';
import { ReferenceYardstick } from './collapse/reference-yardstick.js';
import { mean } from './collapse/summaries.js';
import type { Projection } from './run-event.js';

/** Everything that scoring needs and that can travel to a worker. */
export interface ScorerSetup {
  readonly reference: Matrix;
  /** Settings, seed and protocol; without functions. */
  readonly scoring: Omit<ScoreFeaturesOptions, 'metrics' | 'onRefusal'>;
  /** Whether the collapse detector's signals are wanted. */
  readonly signals: boolean;
}

/** What the reference says of itself. */
export interface ReferenceReading {
  readonly projection: Projection;
  /** Its own signals at the number of samples, where signals are wanted. */
  readonly yardstick?: Yardstick;
}

/** What is asked for in one epoch. */
export interface ScoringRequest {
  readonly generated: Matrix;
  readonly metrics: readonly string[];
  /** Metrics whose standard error is wanted even where the metric has none of its own. */
  readonly withError: readonly string[];
}

/** What the features of one epoch come to. */
export interface ScoringResult {
  readonly scores: readonly Score[];
  /** Missing where they were not asked for. */
  readonly signals?: GeneratorSignals;
  readonly projection: Projection;
  readonly warnings: readonly string[];
}

/** Groups of the jackknife. */
const GROUPS = 10;
const neighbourhoodMetrics = ['recall', 'coverage'];

/** Scores features against one reference, keeping what the reference alone decides. */
export class FeatureScorer {
  readonly #setup: ScorerSetup;
  readonly #components: PrincipalComponents;
  readonly #yardstick: ReferenceYardstick | undefined;

  constructor(setup: ScorerSetup) {
    this.#setup = setup;
    this.#components = principalComponents(setup.reference, Math.min(2, setup.reference.cols));
    this.#yardstick = setup.signals ? new ReferenceYardstick(setup.reference, setup.scoring.seed ?? 2020) : undefined;
  }

  /** @param samples how many will be scored */
  reference(samples: number): ReferenceReading {
    return {
      projection: this.#projectionOf(this.#setup.reference),
      ...(this.#yardstick ? { yardstick: this.#yardstick.at(samples) } : {}),
    };
  }

  /** Features that are not finite have no scores; their signals say so. */
  score({ generated, metrics, withError }: ScoringRequest): ScoringResult {
    if (generated.data.some((value) => !Number.isFinite(value))) {
      return {
        scores: [],
        signals: { n: generated.rows, finite: false },
        projection: [],
        warnings: ['the features hold NaN or infinite values: nothing could be scored'],
      };
    }
    const { reference, scoring } = this.#setup;
    const warnings: string[] = [];
    const all = this.#yardstick ? [...new Set([...metrics, ...neighbourhoodMetrics])] : metrics;
    const found = scoreFeatures(reference, generated, {
      ...scoring,
      metrics: all,
      onRefusal: (message) => warnings.push(message),
    });
    const valueOf = (id: string) => found.find(({ metric }) => metric === id)?.value;
    const scores = found
      .filter(({ metric }) => metrics.includes(metric))
      .map((score) => (withError.includes(score.metric) ? this.#withError(score, generated) : score));
    const signals = this.#yardstick?.measure(generated, { recall: valueOf('recall'), coverage: valueOf('coverage') });
    return { scores, ...(signals ? { signals } : {}), projection: this.#projectionOf(generated), warnings };
  }

  /** Where features lie in the plane of the reference's first principal components. */
  #projectionOf(features: Matrix): Projection {
    const { data, cols } = project(features, this.#components);
    return Array.from({ length: features.rows }, (_, i) => [
      round(data[i * cols]),
      cols > 1 ? round(data[i * cols + 1]) : 0,
    ]);
  }

  /** Delete-a-group jackknife over the samples; the reference is the same in every epoch and adds nothing. */
  #withError(score: Score, generated: Matrix): Score {
    if (score.standardError !== undefined || generated.rows < 2 * GROUPS) return score;
    const values = Array.from({ length: GROUPS }, (_, group) => {
      const rows = Array.from({ length: generated.rows }, (_, i) => i).filter((i) => i % GROUPS !== group);
      const [part] = scoreFeatures(this.#setup.reference, selectRows(generated, rows), {
        ...this.#setup.scoring,
        metrics: [score.metric],
      });
      return part.value;
    });
    const center = mean(values);
    const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
    return { ...score, standardError: Math.sqrt(((GROUPS - 1) / GROUPS) * squares) };
  }
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
