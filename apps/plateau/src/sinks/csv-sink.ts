import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendWholeToFile } from '../monitor/append-whole.js';
import type { MonitorSink, ScoredEpoch } from '../monitor/run-event.js';
import { csvLine } from './csv-line.js';
import { epochScalars } from './epoch-scalars.js';

/** Where the table goes. */
export interface CsvSinkOptions {
  /** Default: `metrics.csv` in the run's folder. */
  readonly file?: string;
}

/**
 * Writes a CSV table: a row a scored epoch, a column each for the epoch, the time, what the trainer logged, the scores
 * and their standard errors.
 *
 * The columns are those of the first scored epoch; what comes up later has none, and says so once. A resumed run goes on
 * in its file.
 * @example createMonitor({ …, sinks: [csvSink()] })
 */
export function csvSink({ file }: CsvSinkOptions = {}): MonitorSink {
  let path: string | undefined;
  let columns: readonly string[] | undefined;
  return {
    name: 'CSV',
    start(run, { directory }) {
      path = file ?? (directory === undefined ? undefined : join(directory, 'metrics.csv'));
      if (path === undefined) {
        throw new RangeError('the CSV sink has no file: give csvSink({ file }) or createMonitor({ out })');
      }
      if (run.resumedFrom === undefined || !existsSync(path)) {
        writeFileSync(path, '');
        columns = undefined;
      } else {
        const bytes = readFileSync(path);
        // A kill may have torn the last row.
        truncateSync(path, bytes.lastIndexOf(0x0a) + 1);
        columns = headOf(bytes.toString('utf8'));
      }
    },
    epoch(record) {
      if (path === undefined) return;
      const row = rowOf(record);
      const head = columns ?? Object.keys(row);
      const line = csvLine(head.map((name) => row[name] ?? ''));
      appendWholeToFile(path, columns ? line : csvLine(head) + line);
      columns = head;
      const missing = Object.keys(row).filter((name) => !head.includes(name));
      if (missing.length > 0)
        throw new RangeError(`${path} has no column for ${missing.join(', ')}; they are left out`);
    },
  };
}

function rowOf(record: ScoredEpoch): Record<string, string | number> {
  const errors = record.scores.flatMap(({ metric, standardError }) =>
    standardError === undefined ? [] : [[`${metric} standard error`, standardError] as const],
  );
  return {
    epoch: record.epoch,
    time: record.time,
    ...epochScalars(record),
    ...Object.fromEntries(errors),
    'scoring seconds': record.seconds,
  };
}

function headOf(table: string): readonly string[] | undefined {
  const end = table.indexOf('\n');
  return end < 0 ? undefined : parseLine(table.slice(0, end));
}

function parseLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
