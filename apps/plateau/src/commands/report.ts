import { join } from 'node:path';
import { Command } from 'commander';
import { runPlots, runReport } from '@plateau/scorecard';
import writeFileAtomic from 'write-file-atomic';
import { makeOutputFolder } from '../output-folder.js';
import { runOfFolder } from '../report/run-of-folder.js';
import { writePlots } from '../report/write-plots.js';
import { warnOnStderr } from '../warn.js';

/** `plateau report`: the report of a run from its folder, also of one that was killed, and its plots as files. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Writes the report of a run from its folder, also while it goes on or after it was killed.')
    .argument('<folder>', 'folder of a run')
    .option('--out <dir>', 'writes the report there, and every plot as SVG, Vega-Lite and, with a browser, PNG')
    .action(report);
}

async function report(folder: string, { out }: { readonly out?: string }): Promise<void> {
  const run = await runOfFolder(folder);
  if (out !== undefined) await makeOutputFolder(out);
  const file = join(out ?? folder, 'report.html');
  await writeFileAtomic(file, await runReport(run));
  process.stdout.write(`Report: ${file}\n`);
  if (out === undefined) return;
  const plots = runPlots(run);
  const photographed = await writePlots(join(out, 'plots'), plots);
  if (!photographed) {
    warnOnStderr('no PNG was drawn: no Chromium or Chrome was found; CHROME_PATH can name one (SVG files are there)');
  }
  process.stdout.write(`Plots: ${plots.length} in ${join(out, 'plots')}\n`);
}
