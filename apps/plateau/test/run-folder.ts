import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunLine } from '../src/monitor/run-event.js';
import { png } from './run-lines.js';

/** Writes the folder of a run as a monitor leaves it: its log, and a sheet for the reference and each epoch. */
export function writeRun(directory: string, lines: readonly RunLine[]): string {
  mkdirSync(join(directory, 'samples'), { recursive: true });
  writeFileSync(join(directory, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const sheets = lines.flatMap((line) =>
    line.event === 'start' ? [line.reference.sheet] : line.event === 'epoch' ? [line.sheet] : [],
  );
  for (const sheet of sheets) if (sheet !== undefined) writeFileSync(join(directory, sheet), png);
  return directory;
}
