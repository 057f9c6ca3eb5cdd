import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startThreads } from '../src/threads/index.js';

// The workers are TypeScript here, which only a process started with tsx can load.
const run = (threads: number): string =>
  execFileSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('threads-program.ts', import.meta.url)), String(threads)],
    { encoding: 'utf8' },
  );

describe('startThreads', () => {
  test('changes no bit of products and distances, and lets the process end', () => {
    const alone = run(1);
    expect(alone).toMatch(/^[0-9a-f]{64}( [0-9a-f]{64}){7}$/);
    expect(run(2)).toBe(alone);
    expect(run(3)).toBe(alone);
  });

  test('refuses a number of threads that is none', () => {
    for (const threads of [0, 1.5, NaN]) expect(() => startThreads({ threads })).toThrow('positive integer');
  });
});
