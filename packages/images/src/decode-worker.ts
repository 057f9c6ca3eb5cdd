// A thread of worker-pool.ts: decodes and resizes one image file after another.
import { parentPort } from 'node:worker_threads';
import { prepareFile, type FileJob } from './prepare-file.js';
import type { ImageBatch } from './image-batch.js';
import type { WorkerAnswer } from './worker-pool.js';

parentPort!.on('message', async (job: FileJob) => {
  let answer: WorkerAnswer<ImageBatch>;
  try {
    const image = await prepareFile(job);
    const isWhole = image.data.byteLength === image.data.buffer.byteLength;
    // A view of a larger buffer would drag all of it along.
    answer = { result: isWhole ? image : { ...image, data: image.data.slice() } };
  } catch (error) {
    answer = { error: error as Error };
  }
  parentPort!.postMessage(answer, 'result' in answer ? [answer.result.data.buffer as ArrayBuffer] : []);
});
parentPort!.postMessage('ready');
