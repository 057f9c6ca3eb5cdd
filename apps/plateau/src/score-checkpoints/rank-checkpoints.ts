import { metricDefinition, type Score } from '@plateau/scorecard';
import type { CheckpointRecord } from '../monitor/run-event.js';

/** The metric that ranks checkpoints: KID where it is scored, else the first that has a direction. */
export function rankingMetric(metrics: readonly string[]): string | undefined {
  if (metrics.includes('kid')) return 'kid';
  return metrics.find((id) => metricDefinition(id).direction !== 'none');
}

/** A scored checkpoint by its metric; undefined where that has no finite value. */
export function checkpointOf(
  epoch: number,
  directory: string,
  scores: readonly Score[],
  metric: string | undefined,
): CheckpointRecord | undefined {
  const score = scores.find((one) => one.metric === metric);
  if (!score || !Number.isFinite(score.value)) return undefined;
  const { value, standardError } = score;
  return { epoch, directory, metric: score.metric, value, ...(standardError === undefined ? {} : { standardError }) };
}

/** Checkpoints with the best first. */
export function ranked(checkpoints: readonly CheckpointRecord[]): CheckpointRecord[] {
  const sign = (metric: string) => (metricDefinition(metric).direction === 'higher' ? -1 : 1);
  return [...checkpoints].sort((a, b) => sign(a.metric) * (a.value - b.value));
}
