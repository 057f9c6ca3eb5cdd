import type { RunRecord } from '@plateau/scorecard';
import { readPicture } from '../dashboard/read-picture.js';
import { readRun } from '../dashboard/read-run.js';

/** Sheets that a report carries, the best and the last beside them: it is one file. */
const mostSheets = 48;

/**
 * What a report of a run's folder shows, with its pictures.
 * @throws Error when the folder is not that of a run, or the run has not begun
 */
export async function runOfFolder(directory: string): Promise<RunRecord> {
  const run = await readRun(directory, { picture: (path) => readPicture(directory, path) }).catch((error: Error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`${directory} is not the folder of a run: can't read its metrics.jsonl (${code})`, {
      cause: error,
    });
  });
  if (!run) throw new Error(`the run in ${directory} has not begun: its metrics.jsonl has no start`);
  const stride = Math.ceil(run.epochs.length / mostSheets);
  return {
    ...run,
    epochs: run.epochs.map((record, index) => {
      const kept = index % stride === 0 || index === run.epochs.length - 1 || record.epoch === run.best?.epoch;
      return kept ? record : { ...record, sheet: undefined };
    }),
  };
}
