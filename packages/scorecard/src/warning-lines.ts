import type { Score } from './score.js';

/** The warnings of all scores, each once, with the metric that gave it. */
export function warningLines(scores: readonly Score[]): string[] {
  return [...new Set(scores.flatMap(({ metric, warnings }) => warnings.map((text) => `${metric}: ${text}`)))];
}
