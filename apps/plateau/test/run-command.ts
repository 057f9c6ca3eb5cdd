import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';
import { main } from '../src/cli.js';

// What commands remember stays out of the cache of whoever runs the tests.
const cache = mkdtempSync(join(tmpdir(), 'plateau-cache-'));
process.env.PLATEAU_CACHE = cache;
afterAll(() => rmSync(cache, { recursive: true, force: true }));

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `plateau` command in this process. */
export async function runCommand(...words: string[]): Promise<CommandResult> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      printed[stream] += String(chunk);
      return true;
    }),
  );
  try {
    const code = await main(words);
    return { code, ...printed };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}
