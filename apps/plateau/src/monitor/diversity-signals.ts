import type { Score } from '@plateau/scorecard';
import type { DiversitySignals } from './collapse-detector.js';

/** The metrics that the collapse detector reads. */
export const signalMetrics = ['vendi', 'recall', 'spread'] as const;

/** Picks the detector's signals out of scores that hold them. */
export function diversitySignals(scores: readonly Score[]): DiversitySignals {
  const [vendi, recall, spread] = signalMetrics.map((id) => scores.find(({ metric }) => metric === id)!.value);
  return { vendi, recall, spread };
}
