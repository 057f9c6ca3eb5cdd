import { vi } from 'vitest';
import { main } from '../src/cli.js';

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
