import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Deletes the files that were written longest ago until what is left fits.
 * @param options.keep path of a file that stays
 */
export async function pruneFolder(folder: string, options: { maxBytes: number; keep: string }): Promise<void> {
  const { maxBytes, keep } = options;
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      // Another process may have deleted it since.
      const { size, mtimeMs } = (await stat(path).catch(() => undefined)) ?? { size: 0, mtimeMs: 0 };
      return { path, size, written: mtimeMs };
    }),
  );
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.sort((a, b) => a.written - b.written)) {
    if (total <= maxBytes) return;
    if (path === keep) continue;
    await rm(path, { force: true });
    total -= size;
  }
}
