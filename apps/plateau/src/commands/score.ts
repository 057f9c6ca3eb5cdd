import { join } from 'node:path';
import { Command } from 'commander';
import type { Matrix } from '@plateau/numerics';
import {
  extractorProtocol,
  resolveMetrics,
  scoreFeatures,
  scoreReport,
  scoreTable,
  validateOptions,
  type MetricOptions,
  type Protocol,
} from '@plateau/scorecard';
import writeFileAtomic from 'write-file-atomic';
import { embedSet } from '../embed-set.js';
import { openFeatureExtractor } from '../open-feature-extractor.js';
import { makeOutputFolder } from '../output-folder.js';
import { openSet, type OpenedSet } from '../sets.js';
import { asUsage } from '../usage-error.js';
import { warnOnStderr } from '../warn.js';
import { list, metricOptions, wholeNumber } from './option-parsers.js';

interface ScoreWords {
  readonly reference: string;
  readonly generated: string;
  readonly metrics?: string[];
  readonly options?: Record<string, MetricOptions>;
  readonly extractor: string;
  readonly layer?: string;
  readonly seed: number;
  readonly size?: number;
  readonly skipBad?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

/** `plateau score`: one set against another. */
export function scoreCommand(): Command {
  return new Command('score')
    .description('Scores generated images, or features, against reference ones.')
    .requiredOption('--reference <set>', 'folder of images, .npy of features, or foam:CLASS?n=500&seed=1')
    .requiredOption('--generated <set>', 'likewise')
    .option('--metrics <ids>', 'ids with commas between, or all', list)
    .option('--options <json>', 'settings by metric: {"kid":{"subsetSize":250}}', metricOptions)
    .option('--extractor <id>', 'weights of the network', 'bundled')
    .option('--layer <name>', 'layer of the network')
    .option('--seed <number>', 'draws subsets', wholeNumber(0), 2020)
    .option('--size <pixels>', 'resizes images of mixed sizes to this square', wholeNumber(1))
    .option('--skip-bad', 'goes on without images that can’t be read')
    .option('--json', 'prints { "scores": […] } and nothing else')
    .option('--out <dir>', 'writes scores.json and report.html there')
    .action(score);
}

async function score(words: ScoreWords): Promise<void> {
  const { metrics, options, seed } = words;
  const ids = resolveMetrics(metrics);
  asUsage(() => validateOptions(ids, options ?? {}));
  const reference = await openSet(words.reference, words);
  const generated = await openSet(words.generated, words);
  if (words.out !== undefined) await makeOutputFolder(words.out);
  const [x, y, protocol] = await embedPair(reference, generated, words);
  const onRefusal = metrics?.includes('all') ? (message: string) => warnOnStderr(`left out ${message}`) : undefined;
  const scores = scoreFeatures(x, y, { metrics: ids, options, seed, ...protocol, onRefusal });
  const title = `${idOf(generated)} against ${idOf(reference)}`;
  if (words.out !== undefined) {
    await writeFileAtomic(join(words.out, 'scores.json'), `${JSON.stringify({ scores }, null, 2)}\n`);
    await writeFileAtomic(join(words.out, 'report.html'), scoreReport(title, scores));
  }
  process.stdout.write(words.json ? `${JSON.stringify({ scores })}\n` : `${title}\n\n${scoreTable(scores)}\n`);
}

async function embedPair(
  reference: OpenedSet,
  generated: OpenedSet,
  words: ScoreWords,
): Promise<[Matrix, Matrix, Pick<Protocol, 'extractor' | 'preprocessing'>]> {
  if (reference.kind === 'features' && generated.kind === 'features') {
    return [reference.features, generated.features, {}];
  }
  const extractor = await openFeatureExtractor(words);
  try {
    const x = await embedSet(reference, extractor);
    const y = await embedSet(generated, extractor);
    return [x, y, extractorProtocol(extractor)];
  } finally {
    extractor.dispose();
  }
}

function idOf(set: OpenedSet): string {
  return set.kind === 'features' ? set.id : set.source.id;
}
