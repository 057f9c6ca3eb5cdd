/** The command was given words that it can't use; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
