import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes an output folder before the work that fills it.
 * @throws Error when it can't be made or written
 */
export async function makeOutputFolder(directory: string): Promise<void> {
  try {
    await makeWithParents(directory);
    await access(directory, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`can't write in ${directory} (${code}); choose another output folder`, { cause: error });
  }
}

/** Unlike Node's recursive mkdir, this ends where folders can be found but not made, as in /proc. */
async function makeWithParents(directory: string): Promise<void> {
  const parent = dirname(directory);
  try {
    await mkdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || parent === directory) throw error;
    await makeWithParents(parent);
    await mkdir(directory);
  }
}
