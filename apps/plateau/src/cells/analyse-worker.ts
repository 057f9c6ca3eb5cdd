import { parentPort, workerData } from 'node:worker_threads';
import { segmentCells, type SegmentOptions } from '@plateau/cells';
import { analyseImage, type AnalysedImage, type AnalysisJob } from './analyse-image.js';

/** What a worker answers: an image's cells, or why there are none. */
export type AnalysisAnswer = { readonly analysed: AnalysedImage } | { readonly error: Error };

const options = workerData as SegmentOptions;

parentPort!.on('message', async (job: AnalysisJob) => {
  let answer: AnalysisAnswer;
  try {
    answer = { analysed: await analyseImage(job, (image) => segmentCells(image, options)) };
  } catch (error) {
    answer = { error: error as Error };
  }
  parentPort!.postMessage(answer);
});
