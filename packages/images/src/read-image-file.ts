import { readFile } from 'node:fs/promises';

/**
 * The bytes of a file.
 * @throws Error whose message is the reason alone, without the file's name
 */
export async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code === 'ENOENT' ? 'missing' : message;
    throw new Error(reason, { cause: error });
  }
}
