import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareNaturally } from './natural-order.js';

/** A file or sub-folder of a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * What a folder holds, in natural order; names that start with a dot are left out. A link counts as what it leads to, a
 * broken one as a file.
 * @throws Error in one line when the folder is missing, is no folder, or can't be read
 */
export async function listFolder(folder: string): Promise<FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(folderProblem(folder, error), { cause: error });
  });
  const visible = entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => compareNaturally(a.name, b.name));
  return Promise.all(
    visible.map(async (entry) => ({
      name: entry.name,
      isFolder: entry.isSymbolicLink() ? await leadsToFolder(join(folder, entry.name)) : entry.isDirectory(),
    })),
  );
}

/**
 * The paths of all files in a folder and the folders in it, relative to it, in natural order, `/` between names. A link
 * back to a folder that is being listed is not followed.
 */
export async function listFilesDeep(folder: string): Promise<string[]> {
  return filesBelow(folder, '', new Set());
}

async function filesBelow(folder: string, prefix: string, parents: ReadonlySet<string>): Promise<string[]> {
  const entries = await listFolder(folder);
  const real = await realpath(folder);
  if (parents.has(real)) return [];
  const files: string[] = [];
  for (const { name, isFolder } of entries) {
    if (isFolder)
      files.push(...(await filesBelow(join(folder, name), `${prefix}${name}/`, new Set([...parents, real]))));
    else files.push(`${prefix}${name}`);
  }
  return files;
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

function folderProblem(folder: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `no folder ${folder}: give the path of a folder of PNG, JPEG or TIFF images`;
  if (code === 'ENOTDIR') return `${folder} is a file, expected a folder of PNG, JPEG or TIFF images`;
  if (code === 'EACCES' || code === 'EPERM') return `folder ${folder} can't be read: permission denied`;
  return `folder ${folder} can't be read: ${message}`;
}
