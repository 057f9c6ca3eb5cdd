import { backendNames } from '@plateau/features';
import { Command, Option } from 'commander';
import { runDemo } from '../demo/run-demo.js';
import { wholeNumber } from './option-parsers.js';

/** `plateau demo`: trains a small generator, scores it after every epoch, writes a report. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Trains a small generator here and now, scores it after every epoch, writes a report.')
    .addOption(new Option('--model <kind>', 'what to train').choices(['gan', 'vae']).default('gan'))
    .option('--images <set>', 'folder of images to train on, instead of synthetic foam')
    .option('--epochs <number>', 'epochs to train', wholeNumber(1))
    .addOption(
      new Option(
        '--backend <name>',
        'of tfjs, to train on (default: the fastest of node-gpu, node and wasm installed)',
      ).choices(backendNames),
    )
    .option('--out <dir>', 'folder for metrics.jsonl, the best checkpoint and report.html', 'plateau-run')
    .option('--collapse', 'makes the GAN collapse, to see the monitor stop it')
    .option('--seed <number>', 'draws images, weights and latents', wholeNumber(0), 1)
    .option('--skip-bad', 'goes on without images that can’t be read')
    .action(runDemo);
}
