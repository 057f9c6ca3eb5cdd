import { Command, CommanderError } from 'commander';
import { cellsCommand } from './commands/cells.js';
import { dashboardCommand } from './commands/dashboard.js';
import { demoCommand } from './commands/demo.js';
import { diagnoseCommand } from './commands/diagnose.js';
import { featuresCommand } from './commands/features.js';
import { finetuneCommand } from './commands/finetune.js';
import { reportCommand } from './commands/report.js';
import { scoreCommand } from './commands/score.js';
import { scoreCheckpointsCommand } from './commands/score-checkpoints.js';
import { weightsCommand } from './commands/weights.js';
import { UsageError } from './usage-error.js';

/**
 * Runs the `plateau` command.
 * @param args the words after `plateau`
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command('plateau')
    .description('Scores generators of micrographs while they train.')
    // `cells` and `cells train` have options of the same names.
    .enablePositionalOptions()
    .addCommand(demoCommand())
    .addCommand(dashboardCommand())
    .addCommand(reportCommand())
    .addCommand(scoreCommand())
    .addCommand(scoreCheckpointsCommand())
    .addCommand(diagnoseCommand())
    .addCommand(cellsCommand())
    .addCommand(featuresCommand())
    .addCommand(finetuneCommand())
    .addCommand(weightsCommand());
  withSubcommands(program).forEach((command) => command.exitOverride().configureOutput({ outputError: () => {} }));
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

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function report(error: Error): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const wrongUsage = error instanceof CommanderError || error instanceof UsageError;
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  process.stderr.write(`plateau: ${message}${wrongUsage ? ' (see plateau --help)' : ''}\n`);
  if (process.env.PLATEAU_DEBUG) process.stderr.write(`${error.stack}\n`);
  return wrongUsage ? 2 : 1;
}
