// The thread of open-scorer.ts: scores features while training goes on.
import { parentPort, workerData } from 'node:worker_threads';
import { FeatureScorer, type ScorerSetup } from './feature-scorer.js';
import type { WorkerRequest } from './open-scorer.js';

const scorer = new FeatureScorer(workerData as ScorerSetup);

parentPort!.on('message', (request: WorkerRequest) => {
  try {
    parentPort!.postMessage({
      result: typeof request === 'number' ? scorer.reference(request) : scorer.score(request),
    });
  } catch (error) {
    parentPort!.postMessage({ error: error as Error });
  }
});
