import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Pictures that a run's folder may show: nothing else of it is served. */
const shown = /^(samples|cells)\/[A-Za-z0-9][A-Za-z0-9._-]*\.png$/;

/** Larger than any contact sheet. */
const mostBytes = 64 * 2 ** 20;

/**
 * Reads a picture of a run, or nothing: undefined for whatever is not a plain PNG file of its `samples` or `cells`, reached
 * without a link.
 * @param path relative to the run's folder, decoded
 */
export async function readPicture(directory: string, path: string): Promise<Buffer | undefined> {
  if (!shown.test(path)) return undefined;
  let file: FileHandle | undefined;
  try {
    const root = await realpath(directory);
    const whole = join(root, path);
    // A link anywhere below the run's folder makes the two differ.
    if ((await realpath(whole)) !== whole || !whole.startsWith(root + sep)) return undefined;
    file = await open(whole, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = await file.stat();
    return stat.isFile() && stat.size <= mostBytes ? await file.readFile() : undefined;
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}
