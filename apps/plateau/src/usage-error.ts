/** The command was given words that it can't use; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs a check of the command's words: what it refuses is wrong usage. */
export function asUsage(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
