import { join } from 'node:path';
import { openClassifier } from '@plateau/features';
import type { Matrix } from '@plateau/numerics';
import {
  classReport,
  compareClasses,
  projectionChart,
  renderSvg,
  type ClassComparison,
  type Protocol,
} from '@plateau/scorecard';
import writeFileAtomic from 'write-file-atomic';
import type { ExtractorWords } from './open-feature-extractor.js';
import type { OpenedSet } from './sets.js';
import { UsageError } from './usage-error.js';

/** A comparison by class, and who told the classes of the generated images. */
export interface ClassScores extends ClassComparison {
  readonly labelsFrom: 'the extractor’s classifier' | 'their folders';
}

/**
 * Makes sure, before any long work, that two sets can be compared by class.
 * @returns what compares them once they are embedded
 * @throws UsageError when the reference has no classes, or those of the generated images can't be told
 */
export async function classScorer(
  sets: { reference: OpenedSet; generated: OpenedSet },
  { extractor, layer, seed }: ExtractorWords & { seed: number },
): Promise<(reference: Matrix, generated: Matrix) => ClassScores> {
  const labels = labelsOf(sets.reference);
  if (labels === undefined || new Set(labels).size < 2) {
    throw new UsageError('--by-class needs a reference of two or more class folders');
  }
  const classifier = layer === undefined || layer === 'pool' ? await openClassifier(extractor) : undefined;
  const knows = classifier && [...new Set(labels)].every((label) => classifier.classes.includes(label));
  const own = labelsOf(sets.generated);
  if (!knows && own === undefined) {
    throw new UsageError(
      `--by-class can't tell the classes of ${idOf(sets.generated)}: give class folders, or an extractor fine-tuned on the classes of the reference`,
    );
  }
  return (reference, generated) => ({
    labelsFrom: knows ? 'the extractor’s classifier' : 'their folders',
    ...compareClasses(
      { features: reference, labels },
      { features: generated, labels: knows ? classifier.classify(generated) : own! },
      { seed },
    ),
  });
}

/** Writes a comparison by class: `classes.json`, `classes.html`, and the plot as `classes.svg` and `classes.vl.json`. */
export async function writeClassScores(
  folder: string,
  scores: ClassScores,
  { title, protocol }: { title: string; protocol: Pick<Protocol, 'extractor'> },
): Promise<void> {
  const { id = 'features as given', layer = '', weightsSha256 = '' } = protocol.extractor ?? {};
  const extractor = [id, layer, weightsSha256.slice(0, 12)].filter(Boolean).join(', ');
  const chart = projectionChart(scores.projection);
  const facts = { title: `${title}, by class`, extractor, labelsFrom: scores.labelsFrom };
  await writeFileAtomic(join(folder, 'classes.json'), `${JSON.stringify(scores, null, 2)}\n`);
  await writeFileAtomic(join(folder, 'classes.html'), await classReport(scores, facts));
  await writeFileAtomic(join(folder, 'classes.vl.json'), `${JSON.stringify(chart, null, 2)}\n`);
  await writeFileAtomic(join(folder, 'classes.svg'), await renderSvg(chart));
}

function labelsOf(set: OpenedSet): readonly string[] | undefined {
  return set.kind === 'images' ? set.source.labels : undefined;
}

function idOf(set: OpenedSet): string {
  return set.kind === 'features' ? set.id : set.source.id;
}
