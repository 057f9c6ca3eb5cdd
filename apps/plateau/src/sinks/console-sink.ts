import { formatValue } from '@plateau/scorecard';
import type { MonitorSink, ScoredEpoch } from '../monitor/run-event.js';
import { printLine } from '../print-line.js';

/** How lines are printed. */
export interface ConsoleSinkOptions {
  /** Takes the lines. Default: standard output. */
  readonly print?: (line: string) => void;
}

/**
 * Prints a line a scored epoch with its losses and scores by name, a line a warning and how the run ended: for logs that
 * are searched rather than read, where the monitor's own table is turned off (`print: false`).
 * @example createMonitor({ …, print: false, sinks: [consoleSink()] })
 */
export function consoleSink({ print = printLine }: ConsoleSinkOptions = {}): MonitorSink {
  return {
    name: 'console',
    start: ({ title, reference }) => print(`${title}: ${reference.count} reference images (${reference.id})`),
    epoch: (record) => print(epochLine(record)),
    note: (line) => {
      if (line.event === 'warning') print(`warning: ${line.message}`);
      if (line.event === 'skipped') print(`epoch ${line.epoch} was not scored: ${line.reason}`);
    },
    end: ({ outcome }) => print(outcome.sentence),
  };
}

function epochLine({ epoch, logs, scores, best, suspicion }: ScoredEpoch): string {
  const values = [
    ...Object.entries(logs).map(([name, value]) => `${name}=${formatValue(value)}`),
    ...scores.map(({ metric, value }) => `${metric}=${formatValue(value)}`),
  ];
  const notes = [...(best ? ['best'] : []), ...(suspicion ? [`suspicious: ${suspicion}`] : [])];
  return [`epoch ${epoch}`, ...values, ...notes].join(' ');
}
