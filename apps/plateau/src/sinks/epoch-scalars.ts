import type { ScoredEpoch } from '../monitor/run-event.js';

/** The numbers of a scored epoch by name: what the trainer logged, the scores, the cells. A score wins over a log. */
export function epochScalars({ logs, scores, cells = {} }: ScoredEpoch): Record<string, number> {
  const entries = [
    ...Object.entries(logs),
    ...Object.entries(cells).map(([name, value]) => [`cells/${name}`, value] as const),
    ...scores.map(({ metric, value }) => [metric, value] as const),
  ];
  return Object.fromEntries(entries);
}
