import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { finetune, type FinetuneResult, type Unfreeze } from '@plateau/features';
import writeFileAtomic from 'write-file-atomic';
import { openTrainingBackend } from '../training-backend.js';
import { classImages } from '../finetune/class-images.js';
import { epochLine } from '../finetune/epoch-line.js';
import { finetuneReport } from '../finetune/finetune-report.js';
import { finetuneTable } from '../finetune/finetune-table.js';
import { makeOutputFolder } from '../output-folder.js';
import { stderrProgress } from '../progress.js';
import { warnOnStderr } from '../warn.js';
import { wholeNumber } from './option-parsers.js';

interface FinetuneWords {
  readonly data: string;
  readonly out: string;
  readonly weights?: string;
  readonly unfreeze?: Unfreeze;
  readonly epochs?: number;
  readonly copies?: number;
  readonly trainShare?: number;
  readonly learningRate?: number;
  readonly batchSize?: number;
  readonly patience?: number;
  readonly seed?: number;
  readonly size?: number;
  readonly skipBad?: boolean;
  readonly json?: boolean;
}

/** `plateau finetune`: an extractor that knows the classes of these images. */
export function finetuneCommand(): Command {
  return new Command('finetune')
    .description('Trains InceptionV3 on folders of images, one folder a class, and writes it as an extractor.')
    .requiredOption('--data <dir>', 'folder of class folders, or foam:all?n=160&seed=5')
    .requiredOption('--out <dir>', 'folder for the weights, the .onnx file and the report')
    .option('--weights <id>', 'weights to start from', 'bundled')
    .option('--unfreeze <from>', 'what is trained: head, mixed10, mixed9, … or all', 'mixed10')
    .option('--epochs <number>', 'epochs to train at most', wholeNumber(1), 10)
    .option('--copies <number>', 'turned and mirrored copies of each training image (default: 3)', wholeNumber(0))
    .option('--train-share <share>', 'share of each class to train on; the rest is for testing', positive, 0.5)
    .option('--learning-rate <rate>', 'rate of the first steps; it falls along a cosine', positive)
    .option('--batch-size <number>', 'images a step', wholeNumber(1), 16)
    .option('--patience <number>', 'epochs without improvement before it ends', wholeNumber(1), 5)
    .option('--seed <number>', 'draws the split and the order of images', wholeNumber(0), 1)
    .option('--size <pixels>', 'resizes images of mixed sizes to this square', wholeNumber(1))
    .option('--skip-bad', 'goes on without images that can’t be read')
    .option('--json', 'prints { "trainAccuracy", "testAccuracy", "classes", … } and nothing else')
    .action(run);
}

async function run(words: FinetuneWords): Promise<void> {
  await makeOutputFolder(words.out);
  const { data: folder, size, skipBad, json, ...settings } = words;
  const data = await classImages(folder, { size, skipBad });
  const tf = await openTrainingBackend();
  const result = await withProgress((watch) => finetune({ ...settings, ...watch, data, tf, onWarning: warnOnStderr }));
  await writeFileAtomic(join(words.out, 'finetune.json'), `${JSON.stringify(result, null, 2)}\n`);
  await writeFileAtomic(join(words.out, 'report.html'), await finetuneReport(folder, result));
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${finetuneTable(result)}\n`);
}

type Watch = Pick<Parameters<typeof finetune>[0], 'onProgress' | 'onEpoch'>;

async function withProgress(work: (watch: Watch) => Promise<FinetuneResult>): Promise<FinetuneResult> {
  const progress = stderrProgress();
  let current: string | undefined;
  let before = 0;
  try {
    return await work({
      onProgress: ({ step, done, total }) => {
        if (step !== current) {
          if (current !== undefined) progress.stop();
          progress.start(step, total);
          [current, before] = [step, 0];
        }
        progress.advance(done - before);
        before = done;
      },
      onEpoch: (record) => process.stderr.write(`${epochLine(record)}\n`),
    });
  } finally {
    progress.stop();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}
