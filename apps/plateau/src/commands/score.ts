import { join } from 'node:path';
import { Command } from 'commander';
import type { Matrix } from '@plateau/numerics';
import {
  classTable,
  extractorProtocol,
  resolveMetrics,
  scoreFeatures,
  scoreReport,
  scoreTable,
  validateOptions,
  type MetricOptions,
  type Protocol,
} from '@plateau/scorecard';
import { textTable } from '@plateau/small-sample';
import writeFileAtomic from 'write-file-atomic';
import { embedSet } from '../embed-set.js';
import { openFeatureExtractor, type ExtractorWords } from '../open-feature-extractor.js';
import { makeOutputFolder } from '../output-folder.js';
import { classScorer, writeClassScores } from '../score-by-class.js';
import { openSet, type OpenedSet } from '../sets.js';
import { asUsage } from '../usage-error.js';
import { warnOnStderr } from '../warn.js';
import { withExtractorOptions } from './extractor-options.js';
import { list, metricOptions, wholeNumber } from './option-parsers.js';

interface ScoreWords extends ExtractorWords {
  readonly reference: string;
  readonly generated: string;
  readonly metrics?: string[];
  readonly options?: Record<string, MetricOptions>;
  readonly byClass?: boolean;
  readonly seed: number;
  readonly size?: number;
  readonly skipBad?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

/** `plateau score`: one set against another. */
export function scoreCommand(): Command {
  const command = new Command('score')
    .description('Scores generated images, or features, against reference ones.')
    .requiredOption('--reference <set>', 'folder of images, .npy of features, or foam:CLASS?n=500&seed=1')
    .requiredOption('--generated <set>', 'likewise')
    .option('--metrics <ids>', 'ids with commas between, or all', list)
    .option('--options <json>', 'settings by metric: {"kid":{"subsetSize":250}}', metricOptions)
    .option('--by-class', 'compares class by class too: the reference is a folder of class folders')
    .option('--seed <number>', 'draws subsets', wholeNumber(0), 2020)
    .option('--size <pixels>', 'resizes images of mixed sizes to this square', wholeNumber(1))
    .option('--skip-bad', 'goes on without images that can’t be read')
    .option('--json', 'prints { "scores": […] }, by class also "classes", and nothing else')
    .option('--out <dir>', 'writes scores.json and report.html there; by class, classes.json, .html and .svg')
    .action(score);
  return withExtractorOptions(command);
}

async function score(words: ScoreWords): Promise<void> {
  const { metrics, options, seed } = words;
  const ids = resolveMetrics(metrics);
  asUsage(() => validateOptions(ids, options ?? {}));
  const sets = { ...words, decodeFirst: false };
  const reference = await openSet(words.reference, sets);
  const generated = await openSet(words.generated, sets);
  const compare = words.byClass ? await classScorer({ reference, generated }, words) : undefined;
  if (words.out !== undefined) await makeOutputFolder(words.out);
  const [x, y, protocol] = await embedPair(reference, generated, words);
  const onRefusal = metrics?.includes('all') ? (message: string) => warnOnStderr(`left out ${message}`) : undefined;
  const classes = compare?.(x, y);
  const scores = scoreFeatures(x, y, { metrics: ids, options, seed, ...protocol, onRefusal });
  const title = `${idOf(generated)} against ${idOf(reference)}`;
  if (words.out !== undefined) {
    await writeFileAtomic(join(words.out, 'scores.json'), `${JSON.stringify({ scores }, null, 2)}\n`);
    await writeFileAtomic(join(words.out, 'report.html'), scoreReport(title, scores));
    if (classes) await writeClassScores(words.out, classes, { title, protocol });
  }
  const table = classes ? `\n${textTable(classTable(classes))}\n` : '';
  process.stdout.write(
    words.json
      ? `${JSON.stringify({ scores, ...(classes && { classes }) })}\n`
      : `${title}\n\n${scoreTable(scores)}\n${table}`,
  );
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
