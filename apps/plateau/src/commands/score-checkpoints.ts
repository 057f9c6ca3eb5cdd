import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { ValueRange } from '@plateau/images';
import { resolveMetrics, validateOptions, type MetricOptions } from '@plateau/scorecard';
import { openFeatureExtractor, type ExtractorWords } from '../open-feature-extractor.js';
import { stderrProgress } from '../progress.js';
import { findModels } from '../score-checkpoints/find-models.js';
import { localModelReader, type ModelReaderSetup } from '../score-checkpoints/model-reader.js';
import { readModel } from '../score-checkpoints/read-model.js';
import { scoreModels, type HashedModel } from '../score-checkpoints/score-models.js';
import { workerModelReader } from '../score-checkpoints/worker-model-reader.js';
import { openImages } from '../sets.js';
import { asUsage } from '../usage-error.js';
import { warnOnStderr } from '../warn.js';
import { withExtractorOptions } from './extractor-options.js';
import { list, metricOptions, wholeNumber } from './option-parsers.js';

interface ScoreCheckpointsWords extends ExtractorWords {
  readonly reference: string;
  readonly latentDim?: number;
  readonly decoder?: string;
  readonly samples: number;
  readonly range: ValueRange;
  readonly metrics?: string[];
  readonly options?: Record<string, MetricOptions>;
  readonly seed: number;
  readonly size?: number;
  readonly workers: number;
  readonly json?: boolean;
  readonly out?: string;
}

/** `plateau score-checkpoints`: every saved model of a run, with one protocol. */
export function scoreCheckpointsCommand(): Command {
  const command = new Command('score-checkpoints')
    .description('Scores every tfjs model saved below a folder with one protocol; goes on where it was interrupted.')
    .argument('<folder>', 'folder with saved models: folders that hold model.json')
    .requiredOption('--reference <set>', 'folder of images, or foam:CLASS?n=500&seed=1')
    .option('--latent-dim <number>', 'length of a latent vector, where the models don’t say', wholeNumber(1))
    .option('--decoder <layer>', 'the layer of saved autoencoders that is their decoder')
    .option('--samples <number>', 'samples of each model', wholeNumber(2), 256)
    .option('--range <values>', 'black and white in the models’ output', valueRange, [-1, 1] as const)
    .option('--metrics <ids>', 'ids with commas between, or all', list)
    .option('--options <json>', 'settings by metric: {"kid":{"subsetSize":250}}', metricOptions)
    .option('--seed <number>', 'draws latents and subsets', wholeNumber(0), 2020)
    .option('--size <pixels>', 'resizes reference images of mixed sizes to this square', wholeNumber(1))
    .option('--workers <number>', 'models that are read at a time', wholeNumber(1), availableParallelism())
    .option('--json', 'prints { "checkpoints": […], "failed": […], "best": … } and nothing else')
    .option('--out <dir>', 'folder for the log, the samples and the report (default: scores, in the folder)')
    .action(scoreCheckpoints);
  return withExtractorOptions(command);
}

async function scoreCheckpoints(folder: string, words: ScoreCheckpointsWords): Promise<void> {
  const { samples, seed, range, latentDim, decoder, json } = words;
  const metrics = resolveMetrics(words.metrics);
  asUsage(() => validateOptions(metrics, words.options ?? {}));
  const models = await hashed(folder);
  const reference = await openImages(words.reference, words);
  const extractor = await openFeatureExtractor(words);
  const setup: ModelReaderSetup = { samples, seed, range, network: words, latentDim, decoder };
  const count = Math.min(words.workers, models.length);
  const workers = Array.from({ length: count > 1 ? count : 0 }, () => workerModelReader(setup) ?? []).flat();
  const readers = workers.length > 0 ? workers : [localModelReader(setup, extractor)];
  try {
    const result = await scoreModels({
      title: `Saved models of ${basename(resolve(folder))}`,
      directory: folder,
      models,
      reference,
      extractor,
      readers,
      metrics,
      metricOptions: words.options ?? {},
      samples,
      seed,
      drawing: { range, latentDim, decoder },
      out: words.out ?? join(folder, 'scores'),
      print: json ? () => {} : (line) => process.stdout.write(`${line}\n`),
      warn: warnOnStderr,
      progress: stderrProgress(),
    });
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else if (result.report !== undefined) process.stdout.write(`Report: ${result.report}\n`);
    if (result.checkpoints.length === 0) process.exitCode = 1;
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
    extractor.dispose();
  }
}

/** A model that can't be read keeps its place, so that the warning comes where it belongs. */
async function hashed(folder: string): Promise<HashedModel[]> {
  const models = await findModels(folder);
  return Promise.all(
    models.map(async (model) => ({
      ...model,
      sha256: await readModel(join(folder, model.path)).then(
        ({ sha256 }) => sha256,
        () => '',
      ),
    })),
  );
}

function valueRange(text: string): ValueRange {
  const [black, white, ...more] = text.split(',').map(Number);
  if (more.length > 0 || !Number.isFinite(black) || !Number.isFinite(white) || black === white) {
    throw new InvalidArgumentError('Expected two numbers such as -1,1 or 0,1.');
  }
  return [black!, white!];
}
