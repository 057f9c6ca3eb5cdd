import { Command, CommanderError } from 'commander';
import { demoCommand } from './commands/demo.js';
import { featuresCommand } from './commands/features.js';
import { scoreCommand } from './commands/score.js';
import { UsageError } from './usage-error.js';

/**
 * Runs the `plateau` command.
 * @param args the words after `plateau`
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('plateau')
    .description('Scores generators of micrographs while they train.')
    .addCommand(demoCommand())
    .addCommand(scoreCommand())
    .addCommand(featuresCommand());
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ outputError: () => {} });
  if (args.length === 0) {
    process.stderr.write(program.helpInformation());
    return 2;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return report(error as Error);
  }
}

function report(error: Error): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const wrongUsage = error instanceof CommanderError || error instanceof UsageError;
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  process.stderr.write(`plateau: ${message}${wrongUsage ? ' (see plateau --help)' : ''}\n`);
  if (process.env.PLATEAU_DEBUG) process.stderr.write(`${error.stack}\n`);
  return wrongUsage ? 2 : 1;
}
