import { access, constants, mkdir } from 'node:fs/promises';

/**
 * Makes an output folder before the work that fills it.
 * @throws Error when it can't be made or written
 */
export async function makeOutputFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`can't write in ${directory} (${code}); choose another output folder`, { cause: error });
  }
}
