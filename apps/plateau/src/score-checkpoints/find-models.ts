import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ASIDE } from '../monitor/run-folder.js';

/** A saved tfjs model. */
export interface FoundModel {
  /** Path of its folder, relative to the folder that was searched; `.` for that itself. */
  readonly path: string;
  /** The number at the end of its path, else its place in the order, from 0. */
  readonly epoch: number;
}

/** Folders below the one that is searched: runs of runs are not looked for. */
const deepest = 4;

/**
 * Every tfjs model (a folder with model.json) below a folder, in the order of training: by the numbers in their paths.
 * Links are not followed, nor is a run that was put aside.
 * @throws Error when there is none, or when two have the same epoch
 */
export async function findModels(directory: string): Promise<FoundModel[]> {
  const paths = (await modelFolders(directory, '', 0)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (paths.length === 0) {
    throw new Error(`no model in ${directory}: expected folders with model.json, such as checkpoints/epoch-3`);
  }
  const numbers = paths.map((path) => /(\d+)$/.exec(path)?.[1]);
  const distinct = numbers.every((number) => number !== undefined) && new Set(numbers).size === numbers.length;
  return paths
    .map((path, index) => ({ path: path || '.', epoch: distinct ? Number(numbers[index]) : index }))
    .sort((a, b) => a.epoch - b.epoch);
}

async function modelFolders(root: string, path: string, depth: number): Promise<string[]> {
  const own = existsSync(join(root, path, 'model.json')) ? [path] : [];
  if (depth === deepest) return own;
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`can't read ${join(root, path)} (${error.code}); give the folder of a run`, { cause: error });
  });
  // A draft is a model that is being written, or was when its run was killed.
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith(ASIDE) && !/^\.|\.draft-\d+$/.test(entry.name),
  );
  const below = await Promise.all(
    folders.map(({ name }) => modelFolders(root, path ? `${path}/${name}` : name, depth + 1)),
  );
  return [...own, ...below.flat()];
}
