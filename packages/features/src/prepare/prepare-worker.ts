import { parentPort } from 'node:worker_threads';
import type { ImageBatch, WorkerAnswer } from '@plateau/images';
import { inputPixels, type InputPixelsOptions } from './input-pixels.js';

/** Images to prepare, and how. */
export interface PrepareJob extends InputPixelsOptions {
  readonly batch: ImageBatch;
}

parentPort!.on('message', ({ batch, ...options }: PrepareJob) => {
  let answer: WorkerAnswer<Float32Array>;
  try {
    answer = { result: inputPixels(batch, options) };
  } catch (error) {
    answer = { error: error as Error };
  }
  parentPort!.postMessage(answer, 'result' in answer ? [answer.result.buffer as ArrayBuffer] : []);
});
parentPort!.postMessage('ready');
