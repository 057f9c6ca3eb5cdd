import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Matrix } from '@plateau/numerics';
import { renderSvg, resolveMetrics, validateOptions } from '@plateau/scorecard';
import { diagnose, type Diagnosis } from '@plateau/small-sample';
import writeFileAtomic from 'write-file-atomic';
import { calibrateInWorker } from '../diagnose/calibrate-in-worker.js';
import { diagnosisCharts } from '../diagnose/diagnosis-charts.js';
import { diagnosisReport } from '../diagnose/diagnosis-report.js';
import { diagnosisSummary } from '../diagnose/diagnosis-summary.js';
import { drawPools } from '../diagnose/draw-pools.js';
import { furtherMetrics } from '../diagnose/further-metrics.js';
import { readGroups } from '../diagnose/groups-file.js';
import { stepProgress } from '../diagnose/step-progress.js';
import { embedSet } from '../embed-set.js';
import { openFeatureExtractor, type ExtractorWords } from '../open-feature-extractor.js';
import { makeOutputFolder } from '../output-folder.js';
import { openSet, type OpenedSet } from '../sets.js';
import { asUsage } from '../usage-error.js';
import { withExtractorOptions } from './extractor-options.js';
import { list, wholeNumber } from './option-parsers.js';

interface DiagnoseWords extends ExtractorWords {
  readonly reference: string;
  readonly generated?: string;
  readonly against?: string;
  readonly heldOut?: string;
  readonly sizes?: readonly number[];
  readonly trials: number;
  readonly draws: number;
  readonly method: 'bootstrap' | 'jackknife' | 'subsampling';
  readonly metrics: string[];
  readonly most: number;
  readonly groups?: string;
  readonly generatedGroups?: string;
  readonly againstGroups?: string;
  readonly logits?: string;
  readonly seed: number;
  readonly size?: number;
  readonly skipBad?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

/** `plateau diagnose`: what scores of these sets are worth. */
export function diagnoseCommand(): Command {
  const command = new Command('diagnose')
    .description('Says what scores of these images are worth: small-sample bias, floors, intervals, copying.')
    .requiredOption('--reference <set>', 'folder of images, .npy of features, or foam:CLASS?n=500&seed=1')
    .option('--generated <set>', 'likewise; without it, only the reference is described')
    .option('--against <set>', 'of another generator: which one is nearer to the reference, with p-values')
    .option('--held-out <set>', 'reference images the generator was not trained on')
    .option('--sizes <numbers>', 'images in either group of the FID-versus-N table, with commas between', sizeList)
    .option('--trials <number>', 'reseeded draws of every size', wholeNumber(1), 5)
    .option(
      '--draws <number>',
      'draws of the intervals of the fast metrics, and exchanges with --against',
      wholeNumber(20),
      1000,
    )
    .addOption(
      new Option('--method <name>', 'how these intervals are made')
        .choices(['bootstrap', 'jackknife', 'subsampling'])
        .default('bootstrap'),
    )
    .option('--metrics <ids>', 'further metrics between floor and ceiling, or all', list, ['fid-diagonal', 'vendi'])
    .option('--most <number>', 'images of either set to look at; of more, a sample', wholeNumber(20), 2000)
    .option('--groups <file>', 'lines of image,specimen: images of one specimen are drawn together')
    .option('--generated-groups <file>', 'likewise for the generated images')
    .option('--against-groups <file>', 'likewise for those of --against')
    .option('--logits <file.npy>', 'a classifier’s logits of the generated images, for IS∞')
    .option('--seed <number>', 'draws subsets', wholeNumber(0), 2020)
    .option('--size <pixels>', 'resizes images of mixed sizes to this square', wholeNumber(1))
    .option('--skip-bad', 'goes on without images that can’t be read')
    .option('--json', 'prints the diagnosis as one JSON object and nothing else')
    .option('--out <dir>', 'writes diagnosis.json, diagnosis.html and the plots there')
    .action(runDiagnosis);
  return withExtractorOptions(command);
}

function sizeList(text: string): number[] {
  return list(text).map(wholeNumber(2));
}

async function runDiagnosis(words: DiagnoseWords): Promise<void> {
  asUsage(() => {
    validateOptions(resolveMetrics(words.metrics), {});
    checkTogether(words);
  });
  const reference = await openSet(words.reference, words);
  const generated = words.generated === undefined ? undefined : await openSet(words.generated, words);
  const against = words.against === undefined ? undefined : await openSet(words.against, words);
  const heldOut = words.heldOut === undefined ? undefined : await openSet(words.heldOut, words);
  if (words.out !== undefined) await makeOutputFolder(words.out);
  const [x, y, z, unseen] = await embedAll([reference, generated, against, heldOut], words);
  const { trials, draws, method, most, seed, sizes } = words;
  const groups = {
    reference: await groupsOf(words.groups, reference, x),
    generated: await groupsOf(words.generatedGroups, generated, y),
    against: await groupsOf(words.againstGroups, against, z),
  };
  const logits = words.logits === undefined ? undefined : await openLogits(words.logits);
  const pools = drawPools();
  const progress = stepProgress();
  const options = { trials, draws, method, most, seed, sizes, groups, logits, heldOut: unseen, against: z };
  let diagnosis: Diagnosis;
  try {
    diagnosis = await diagnose(x!, y, {
      ...options,
      metrics: furtherMetrics(words.metrics, seed),
      ...{
        names: generated && namesOf(generated),
        poolOf: pools.poolOf,
        calibrate: calibrateInWorker(),
        ...progress.callbacks,
      },
    });
  } finally {
    progress.stop();
    pools.close();
  }
  const title = generated ? `${idOf(generated)} against ${idOf(reference)}` : idOf(reference);
  if (words.out !== undefined) await writeDiagnosis(words.out, title, diagnosis);
  process.stdout.write(words.json ? `${JSON.stringify(diagnosis)}\n` : diagnosisSummary(title, diagnosis));
}

/** Refuses options that mean nothing without another one. */
function checkTogether(words: DiagnoseWords): void {
  const needs = [
    ['--against', words.against, '--generated', words.generated],
    ['--generated-groups', words.generatedGroups, '--generated', words.generated],
    ['--against-groups', words.againstGroups, '--against', words.against],
    ['--logits', words.logits, '--generated', words.generated],
    ['--held-out', words.heldOut, '--generated', words.generated],
  ] as const;
  for (const [option, given, other, needed] of needs) {
    if (given !== undefined && needed === undefined) throw new RangeError(`${option} needs ${other} too`);
  }
}

/** The network is opened only where there are images. */
async function embedAll(
  sets: readonly (OpenedSet | undefined)[],
  words: DiagnoseWords,
): Promise<(Matrix | undefined)[]> {
  if (sets.every((set) => set === undefined || set.kind === 'features')) {
    return sets.map((set) => (set?.kind === 'features' ? set.features : undefined));
  }
  const extractor = await openFeatureExtractor(words);
  try {
    const embedded: (Matrix | undefined)[] = [];
    for (const set of sets) embedded.push(set && (await embedSet(set, extractor)));
    return embedded;
  } finally {
    extractor.dispose();
  }
}

async function groupsOf(path: string | undefined, set: OpenedSet | undefined, features: Matrix | undefined) {
  if (path === undefined || !set || !features) return undefined;
  return readGroups(path, namesOf(set), features.rows);
}

async function openLogits(path: string): Promise<Matrix> {
  const opened = await openSet(path);
  if (opened.kind === 'features') return opened.features;
  throw new RangeError(`--logits is ${path}; give an .npy matrix with a row of logits for each generated image`);
}

async function writeDiagnosis(folder: string, title: string, diagnosis: Diagnosis): Promise<void> {
  await writeFileAtomic(join(folder, 'diagnosis.json'), `${JSON.stringify(diagnosis, null, 2)}\n`);
  await writeFileAtomic(join(folder, 'diagnosis.html'), await diagnosisReport(title, diagnosis));
  for (const [name, spec] of Object.entries(diagnosisCharts(diagnosis))) {
    await writeFileAtomic(join(folder, `${name}.vl.json`), `${JSON.stringify(spec, null, 2)}\n`);
    const drawn = await renderSvg(spec as unknown as Parameters<typeof renderSvg>[0]);
    await writeFileAtomic(join(folder, `${name}.svg`), drawn);
  }
}

function namesOf(set: OpenedSet): readonly string[] | undefined {
  return set.kind === 'images' && 'paths' in set.source ? (set.source.paths as readonly string[]) : undefined;
}

function idOf(set: OpenedSet): string {
  return set.kind === 'features' ? set.id : set.source.id;
}
