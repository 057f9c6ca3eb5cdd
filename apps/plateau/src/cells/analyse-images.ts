import type { AnalysedImage, AnalysisJob } from './analyse-image.js';
import type { Analysts } from './analysts.js';
import type { Progress } from '../progress.js';
import { openEntries } from './read-images.js';

/** What is done with each image of a set. */
export type JobFor = (file: string) => Omit<AnalysisJob, 'entry'>;

/** Finds and measures the cells of every image of a set, in its order, however many analyse them. */
export async function analyseImages(
  set: string,
  analysts: Analysts,
  { jobFor, progress }: { jobFor: JobFor; progress: Progress },
): Promise<AnalysedImage[]> {
  const { count, entries } = await openEntries(set);
  const analysed: AnalysedImage[] = [];
  let next = 0;
  const takeTurns = async (): Promise<void> => {
    for (let item = await entries.next(); !item.done; item = await entries.next()) {
      // An async generator answers in the order in which it was asked.
      const place = next++;
      analysed[place] = await analysts.analyse({ entry: item.value, ...jobFor(item.value.file) });
      progress.advance(1);
    }
  };
  progress.start('find cells', count);
  await Promise.all(Array.from({ length: analysts.atOnce }, takeTurns)).finally(() => progress.stop());
  return analysed;
}
