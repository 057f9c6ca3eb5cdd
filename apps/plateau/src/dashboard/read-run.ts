import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellsPictures, EpochRecord, Picture, RunOutcome, RunRecord } from '@plateau/scorecard';
import type { CheckpointRecord, RunLine } from '../monitor/run-event.js';
import { isRunLine } from './is-run-line.js';

/** The name of the file that makes a folder the folder of a run. */
export const runLogName = 'metrics.jsonl';

/** How pictures of a run are shown. */
export interface ReadRunOptions {
  /** Makes a picture, or its address, of a path relative to the run's folder; undefined where there is none. */
  readonly picture: (path: string) => Picture | undefined | Promise<Picture | undefined>;
}

type ShowPicture = ReadRunOptions['picture'];

/**
 * Reads the folder of a run, running or ended, as what a page shows.
 *
 * A last line that is not whole yet is left for the next time; any other line that can't be read is counted in the notes.
 * @returns undefined where the run has not begun: no start line yet
 */
export async function readRun(directory: string, { picture }: ReadRunOptions): Promise<RunRecord | undefined> {
  const { lines, damaged } = parseLines(await readFile(join(directory, runLogName), 'utf8'));
  const start = lines.findLast((line) => line.event === 'start');
  if (!start) return undefined;
  const first = lines.find((line) => line.event === 'start')!;
  const epochs = await Promise.all(epochLines(lines).map((line) => recordOf(line, directory, picture)));
  const end = lines.findLast((line) => line.event === 'end' || line.event === 'start');
  const last = epochs.at(-1);
  const best = last?.checkpoints?.[0] ?? (end?.event === 'end' ? end.best : undefined);
  const { reference, title, samples, floor } = start;
  const cells = await cellsPictures('reference', directory, picture);
  return {
    title,
    started: new Date(first.time),
    reference: {
      id: reference.id,
      count: reference.count,
      projection: reference.projection,
      sheet: reference.sheet === undefined ? undefined : await picture(reference.sheet),
      ...(cells ? { cellsPictures: cells } : {}),
    },
    generatedCount: samples,
    floor,
    epochs,
    ...(best ? { best: bestOf(best) } : {}),
    outcome: outcomeOf(end, last),
    notes: [...notesOf(lines), ...(damaged > 0 ? [`${damaged} lines of ${runLogName} can't be read.`] : [])],
  };
}

/** JSON has no NaN: the log writes `null` for numbers that are not finite, and nothing else is null. */
function parseLines(text: string): { lines: RunLine[]; damaged: number } {
  const whole = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const lines: RunLine[] = [];
  for (const line of whole) {
    try {
      const parsed: unknown = JSON.parse(line, (_, value: unknown) => (value === null ? NaN : value));
      if (isRunLine(parsed)) lines.push(parsed);
    } catch {
      continue;
    }
  }
  return { lines, damaged: whole.length - lines.length };
}

type EpochLine = Extract<RunLine, { event: 'epoch' }>;

/** Scored epochs in their order; one that was scored again after a resumption counts as scored last. */
function epochLines(lines: readonly RunLine[]): EpochLine[] {
  const byEpoch = new Map<number, EpochLine>();
  for (const line of lines) if (line.event === 'epoch') byEpoch.set(line.epoch, line);
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

async function recordOf(line: EpochLine, directory: string, picture: ShowPicture): Promise<EpochRecord> {
  const { sheet, ...record } = line;
  // Without cells in its line, a picture of this epoch is of an earlier run in the folder.
  const pictures = line.cells && (await cellsPictures(`epoch-${line.epoch}`, directory, picture));
  return {
    ...record,
    sheet: sheet === undefined ? undefined : await picture(sheet),
    ...(pictures ? { cellsPictures: pictures } : {}),
  };
}

/** What a monitor leaves of cells that it has measured: `cells/NAME.png` and `cells/NAME.json`. */
async function cellsPictures(
  name: string,
  directory: string,
  picture: ShowPicture,
): Promise<CellsPictures | undefined> {
  const overlay = `cells/${name}.png`;
  if (!existsSync(join(directory, overlay))) return undefined;
  const distributions = await readDistributions(join(directory, 'cells', `${name}.json`));
  return { overlay: await picture(overlay), ...(distributions ? { distributions } : {}) };
}

async function readDistributions(file: string): Promise<CellsPictures['distributions']> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(read).flatMap(([name, values]) =>
        Array.isArray(values) ? [[name, values.filter(Number.isFinite) as number[]]] : [],
      ),
    );
  } catch {
    return undefined;
  }
}

function bestOf({ epoch, metric, value, directory }: CheckpointRecord): RunRecord['best'] {
  return { epoch, metric, value, checkpoint: directory };
}

function outcomeOf(end: RunLine | undefined, last: EpochRecord | undefined): RunOutcome {
  if (end?.event === 'end') return end.outcome;
  const far = last ? `Epoch ${last.epoch} was scored last.` : 'No epoch was scored yet.';
  return { kind: 'running', sentence: `Running, or ended without saying so. ${far}` };
}

function notesOf(lines: readonly RunLine[]): string[] {
  return lines.flatMap((line) => {
    if (line.event === 'skipped') return [`Epoch ${line.epoch} was not scored: ${line.reason}`];
    return line.event === 'warning' ? [`Warning: ${line.message}`] : [];
  });
}
