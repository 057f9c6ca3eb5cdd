// A thread of worker-pool.ts: measures resampled draws of the sets that all threads share.
import { parentPort, workerData } from 'node:worker_threads';
import { fastStatistic, type Draw } from '@plateau/small-sample';
import type { SharedSets } from './worker-pool.js';

const { reference, generated } = workerData as SharedSets;
const measure = fastStatistic(reference, generated);

parentPort!.on('message', (draws: readonly Draw[]) => {
  parentPort!.postMessage(draws.map(measure));
});
