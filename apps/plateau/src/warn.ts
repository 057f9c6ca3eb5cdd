/** Prints a warning as one line on stderr. */
export function warnOnStderr(message: string): void {
  process.stderr.write(`plateau: warning: ${message}\n`);
}
