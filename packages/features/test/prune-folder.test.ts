import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pruneFolder } from '../src/store/prune-folder.js';
import { temporaryFolder } from './temporary-folder.js';

it.each([
  [400, ['a', 'b', 'c', 'd']],
  [399, ['a', 'c', 'd']],
  [250, ['a', 'd']],
  [0, ['a']],
])('of 4 × 100 bytes, within %i stay the newest, and the one to keep', async (maxBytes, left) => {
  const folder = await temporaryFolder();
  for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) {
    await writeFile(join(folder, name), new Uint8Array(100));
    await utimes(join(folder, name), 1000 + i, 1000 + i);
  }
  await pruneFolder(folder, { maxBytes, keep: join(folder, 'a') });
  expect((await readdir(folder)).sort()).toEqual(left);
});
