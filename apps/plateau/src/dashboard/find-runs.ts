import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { runLogName } from './read-run.js';

/** A run that the dashboard shows. */
export interface FoundRun {
  /** The folder's name; as part of an address it must be encoded. */
  readonly name: string;
  readonly directory: string;
}

/**
 * The runs of a folder: itself, when it is one, else those folders in it that are, in the order of their names.
 * Links are not followed.
 */
export async function findRuns(directory: string): Promise<FoundRun[]> {
  const root = resolve(directory);
  if (existsSync(join(root, runLogName))) return [{ name: basename(root), directory: root }];
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, runLogName)))
    .map(({ name }) => ({ name, directory: join(root, name) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
