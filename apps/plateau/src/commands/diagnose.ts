import { join } from 'node:path';
import { Command } from 'commander';
import type { Matrix } from '@plateau/numerics';
import { renderSvg } from '@plateau/scorecard';
import { diagnose, frechetVersusNTable, metricsTable, textTable, type Diagnosis } from '@plateau/small-sample';
import writeFileAtomic from 'write-file-atomic';
import { diagnosisCharts } from '../diagnose/diagnosis-charts.js';
import { diagnosisReport } from '../diagnose/diagnosis-report.js';
import { workerPool } from '../diagnose/worker-pool.js';
import { embedSet } from '../embed-set.js';
import { openFeatureExtractor } from '../open-feature-extractor.js';
import { makeOutputFolder } from '../output-folder.js';
import { stderrProgress } from '../progress.js';
import { openSet, type OpenedSet } from '../sets.js';
import { list, wholeNumber } from './option-parsers.js';

interface DiagnoseWords {
  readonly reference: string;
  readonly generated?: string;
  readonly heldOut?: string;
  readonly sizes?: readonly number[];
  readonly trials: number;
  readonly draws: number;
  readonly seed: number;
  readonly extractor: string;
  readonly layer?: string;
  readonly size?: number;
  readonly skipBad?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

/** `plateau diagnose`: what scores of these sets are worth. */
export function diagnoseCommand(): Command {
  return new Command('diagnose')
    .description('Says what scores of these images are worth: small-sample bias, floors, intervals, copying.')
    .requiredOption('--reference <set>', 'folder of images, .npy of features, or foam:CLASS?n=500&seed=1')
    .option('--generated <set>', 'likewise; without it, only the reference is described')
    .option('--held-out <set>', 'reference images the generator was not trained on')
    .option('--sizes <numbers>', 'images in either group of the FID-versus-N table, with commas between', sizeList)
    .option('--trials <number>', 'reseeded draws of every size', wholeNumber(1), 5)
    .option('--draws <number>', 'bootstrap draws of the fast metrics', wholeNumber(20), 1000)
    .option('--seed <number>', 'draws subsets', wholeNumber(0), 2020)
    .option('--extractor <id>', 'weights of the network', 'bundled')
    .option('--layer <name>', 'layer of the network')
    .option('--size <pixels>', 'resizes images of mixed sizes to this square', wholeNumber(1))
    .option('--skip-bad', 'goes on without images that can’t be read')
    .option('--json', 'prints the diagnosis as one JSON object and nothing else')
    .option('--out <dir>', 'writes diagnosis.json, diagnosis.html and the plots there')
    .action(runDiagnosis);
}

function sizeList(text: string): number[] {
  return list(text).map(wholeNumber(2));
}

async function runDiagnosis(words: DiagnoseWords): Promise<void> {
  const reference = await openSet(words.reference, words);
  const generated = words.generated === undefined ? undefined : await openSet(words.generated, words);
  const heldOut = words.heldOut === undefined ? undefined : await openSet(words.heldOut, words);
  if (words.out !== undefined) await makeOutputFolder(words.out);
  const [x, y, unseen] = await embedAll([reference, generated, heldOut], words);
  const { trials, draws, seed, sizes } = words;
  const pool = y && x!.cols === y.cols ? workerPool(x!, y) : undefined;
  const diagnosis = await withProgress(y ? 6 : 1, (onStep) =>
    diagnose(x!, y, { trials, draws, seed, sizes, heldOut: unseen, names: namesOf(generated), pool, onStep }),
  );
  const title = generated ? `${idOf(generated)} against ${idOf(reference)}` : idOf(reference);
  if (words.out !== undefined) await writeDiagnosis(words.out, title, diagnosis);
  process.stdout.write(words.json ? `${JSON.stringify(diagnosis)}\n` : summary(title, diagnosis));
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

async function withProgress<T>(steps: number, work: (onStep: () => void) => Promise<T>): Promise<T> {
  const progress = stderrProgress();
  progress.start('diagnosis', steps);
  let begun = 0;
  try {
    return await work(() => {
      if (begun > 0) progress.advance(1);
      begun += 1;
    });
  } finally {
    progress.stop();
  }
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

function summary(title: string, { metrics, frechetVersusN, memorisation, imagesNeeded, warnings }: Diagnosis): string {
  const parts = [
    title,
    ...(memorisation ? [memorisation.verdict] : []),
    ...(imagesNeeded === undefined || imagesNeeded === Infinity
      ? []
      : [`A KID test tells the sets apart (5 %, power 80 %) from about ${imagesNeeded} images each.`]),
    ...(metrics.length > 0 ? [textTable(metricsTable(metrics))] : []),
    ...(frechetVersusN
      ? [`FID of two groups of N reference images\n${textTable(frechetVersusNTable(frechetVersusN))}`]
      : []),
    ...(warnings.length > 0 ? [warnings.map((warning) => `warning: ${warning}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function namesOf(set: OpenedSet | undefined): readonly string[] | undefined {
  return set?.kind === 'images' && 'paths' in set.source ? (set.source.paths as readonly string[]) : undefined;
}

function idOf(set: OpenedSet): string {
  return set.kind === 'features' ? set.id : set.source.id;
}
