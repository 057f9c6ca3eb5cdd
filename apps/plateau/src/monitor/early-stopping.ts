import { metricDefinition, type Score } from '@plateau/scorecard';
import { improves, modeOf, type ImprovementRule, type Measured } from './improvement.js';

/** When a run that no longer gets better is ended. */
export interface EarlyStoppingOptions {
  /**
   * A metric that is scored, or `axes`: the first metric of fidelity, the first of diversity and, where cells are measured,
   * their physical distance. Of the axes any one that improves counts. Default: the metric of the checkpoints.
   */
  readonly metric?: string;
  /** Scored epochs without improvement. Default 10. */
  readonly patience?: number;
  /** Least improvement. Default 0; the score's own standard error must be exceeded as well. */
  readonly minDelta?: number;
  /** Whether `minDelta` is a share of the best value. Default false. */
  readonly relative?: boolean;
  /** Whether more or less is better. Default: as the metric says. */
  readonly mode?: 'min' | 'max';
  /** Loads the best checkpoint into the generator when the run ends. Default false. */
  readonly restoreBest?: boolean;
}

/** The name under which the cells' physical distance is watched. */
export const PHYSICAL_DISTANCE = 'physicalDistance';

interface Watched {
  readonly metric: string;
  readonly rule: ImprovementRule;
  best?: Measured;
}

/** Counts scored epochs in which nothing watched has improved. */
export class EarlyStopping {
  readonly #watched: readonly Watched[];
  readonly #patience: number;
  #waited = 0;

  /**
   * @param metrics ids of the scored metrics
   * @throws RangeError for a metric that is not scored or has no better side, and for counts out of range
   */
  constructor(
    { metric = 'axes', patience = 10, minDelta = 0, relative = false, mode }: EarlyStoppingOptions,
    metrics: readonly string[],
  ) {
    if (!Number.isInteger(patience) || patience < 1) {
      throw new RangeError(`earlyStopping.patience is a whole number of at least 1, got ${patience}`);
    }
    if (!(minDelta >= 0)) throw new RangeError(`earlyStopping.minDelta is at least 0, got ${minDelta}`);
    if (metric === 'axes' && mode !== undefined) {
      throw new RangeError('earlyStopping.mode is for one metric; the axes have their own');
    }
    this.#patience = patience;
    this.#watched = watchedMetrics(metric, metrics).map((id) => ({
      metric: id,
      rule: {
        mode: mode ?? (id === PHYSICAL_DISTANCE ? 'min' : modeOf(metricDefinition(id).direction)),
        minDelta,
        relative,
      },
    }));
  }

  /** The metrics that decide: their standard errors are wanted. */
  get metrics(): readonly string[] {
    return this.#watched.map(({ metric }) => metric).filter((metric) => metric !== PHYSICAL_DISTANCE);
  }

  /**
   * Takes a scored epoch. One in which nothing watched was scored changes nothing.
   * @returns one sentence when the run should end
   */
  observe(epoch: number, scores: readonly Score[], cells: Readonly<Record<string, number>> = {}): string | undefined {
    let seen = false;
    let improved = false;
    for (const watched of this.#watched) {
      const score = measuredOf(watched.metric, scores, cells);
      if (!score || !Number.isFinite(score.value)) continue;
      seen = true;
      if (watched.best && !improves(score, watched.best, watched.rule)) continue;
      watched.best = score;
      improved = true;
    }
    if (seen) this.#waited = improved ? 0 : this.#waited + 1;
    if (this.#waited < this.#patience) return undefined;
    const names = this.#watched.map(({ metric }) => metric).join(', ');
    return `Stopped at epoch ${epoch}: ${names} did not improve beyond the standard error in ${this.#waited} scored epochs.`;
  }
}

function watchedMetrics(metric: string, metrics: readonly string[]): string[] {
  if (metric !== 'axes') {
    if (!metrics.includes(metric)) {
      throw new RangeError(
        `earlyStopping.metric is ${metric}, which is not scored; expected axes or ${metrics.join(', ')}`,
      );
    }
    if (metricDefinition(metric).direction === 'none') {
      throw new RangeError(
        `earlyStopping.metric is ${metric}, of which neither more nor less is better; choose another`,
      );
    }
    return [metric];
  }
  const onAxis = (axis: string) =>
    metrics.find((id) => metricDefinition(id).axis === axis && metricDefinition(id).direction !== 'none');
  const chosen = [onAxis('fidelity') ?? onAxis('both'), onAxis('diversity'), PHYSICAL_DISTANCE];
  return chosen.filter((id) => id !== undefined);
}

function measuredOf(
  metric: string,
  scores: readonly Score[],
  cells: Readonly<Record<string, number>>,
): Measured | undefined {
  if (metric === PHYSICAL_DISTANCE) return metric in cells ? { value: cells[metric] } : undefined;
  return scores.find((score) => score.metric === metric);
}
