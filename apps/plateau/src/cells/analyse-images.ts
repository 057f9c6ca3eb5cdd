import type { SkippedImage } from '@plateau/images';
import { warnOfSkipped } from '../warn-of-skipped.js';
import type { AnalysedImage, AnalysisJob } from './analyse-image.js';
import type { Analysts } from './analysts.js';
import type { Progress } from '../progress.js';
import { requireOneUnit } from './require-one-unit.js';
import { openEntries, unreadable, type BadImages } from './read-images.js';

/** What is done with each image of a set. */
export type JobFor = (file: string) => Omit<AnalysisJob, 'entry'>;

/** How a set is analysed. */
export interface AnalysisOptions extends BadImages {
  readonly jobFor: JobFor;
  readonly progress: Progress;
}

/** The images of a set, and those that were left out. */
export interface AnalysedSet {
  readonly images: readonly AnalysedImage[];
  readonly skipped: readonly SkippedImage[];
}

/**
 * Finds and measures the cells of every image of a set, in its order, however many analyse them; warns of those left out.
 * @throws Error in one line for an image that can't be read, with `skipBad` only when there is no other; for lengths in several units
 */
export async function analyseImages(
  set: string,
  analysts: Analysts,
  { jobFor, progress, skipBad = false }: AnalysisOptions,
): Promise<AnalysedSet> {
  const { count, entries, skipped: unlisted } = await openEntries(set, { skipBad });
  const answers: (AnalysedImage | SkippedImage)[] = [];
  let next = 0;
  const takeTurns = async (): Promise<void> => {
    for (let item = await entries.next(); !item.done; item = await entries.next()) {
      // An async generator answers in the order in which it was asked.
      const place = next++;
      const answer = await analysts.analyse({ entry: item.value, ...jobFor(item.value.file) });
      if ('reason' in answer && !skipBad) throw unreadable(set, answer);
      answers[place] = answer;
      progress.advance(1);
    }
  };
  progress.start('find cells', count);
  await Promise.all(Array.from({ length: analysts.atOnce }, takeTurns)).finally(() => progress.stop());
  const images = answers.filter((answer) => 'measurement' in answer);
  const skipped = [...unlisted, ...answers.filter((answer) => 'reason' in answer)];
  if (images.length === 0)
    throw new Error(`no image of ${set} can be read: ${skipped[0]!.path}: ${skipped[0]!.reason}`);
  requireOneUnit(set, images);
  warnOfSkipped(set, skipped, images.length + skipped.length);
  return { images, skipped };
}
