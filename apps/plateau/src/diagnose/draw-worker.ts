// A thread of draw-pools.ts: measures resampled draws of the sets that all threads share.
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerAnswer } from '@plateau/images';
import { fastStatistic, type Draw, type Measurements } from '@plateau/small-sample';
import type { SharedSets } from './draw-pools.js';

const { reference, generated } = workerData as SharedSets;
const measure = fastStatistic(reference, generated);

parentPort!.on('message', (draws: readonly Draw[]) => {
  let answer: WorkerAnswer<readonly Measurements[]>;
  try {
    answer = { result: draws.map(measure) };
  } catch (error) {
    answer = { error: error as Error };
  }
  parentPort!.postMessage(answer);
});
parentPort!.postMessage('ready');
