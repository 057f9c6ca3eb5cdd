// A thread of analysts.ts: finds and measures the cells of one image after another.
import { parentPort, workerData } from 'node:worker_threads';
import type { SkippedImage, WorkerAnswer } from '@plateau/images';
import { analyseImage, type AnalysedImage, type AnalysisJob } from './analyse-image.js';
import { openSegmentation, type SegmentationRequest } from './open-segmentation.js';

const segment = await openSegmentation(workerData as SegmentationRequest);

parentPort!.on('message', async (job: AnalysisJob) => {
  let answer: WorkerAnswer<AnalysedImage | SkippedImage>;
  try {
    answer = { result: await analyseImage(job, segment) };
  } catch (error) {
    answer = { error: error as Error };
  }
  parentPort!.postMessage(answer);
});
parentPort!.postMessage('ready');
