import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  FeatureScorer,
  type ReferenceReading,
  type ScorerSetup,
  type ScoringRequest,
  type ScoringResult,
} from './feature-scorer.js';

/** Scores features, here or elsewhere; one request at a time. */
export interface Scorer {
  /** @param samples how many will be scored */
  reference(samples: number): Promise<ReferenceReading>;
  score(request: ScoringRequest): Promise<ScoringResult>;
  close(): Promise<void>;
}

/** Scores in this thread. */
export function localScorer(setup: ScorerSetup): Scorer {
  const scorer = new FeatureScorer(setup);
  return {
    reference: async (samples) => scorer.reference(samples),
    score: async (request) => scorer.score(request),
    close: async () => {},
  };
}

/**
 * Scores in a worker thread, while this one trains; in this thread where the program runs from its TypeScript sources, which
 * workers can't load. A worker that dies fails the request in hand, and the next one gets a new worker.
 */
export function workerScorer(setup: ScorerSetup): Scorer {
  const script = fileURLToPath(new URL('./scoring-worker.js', import.meta.url));
  if (!existsSync(script)) return localScorer(setup);
  let worker: Worker | undefined;
  const request = <T>(message: WorkerRequest): Promise<T> => {
    if (!worker) {
      worker = new Worker(script, { workerData: setup });
      worker.once('exit', () => (worker = undefined));
    }
    return ask<T>(worker, message);
  };
  return {
    reference: (samples) => request<ReferenceReading>(samples),
    score: (scoring) => request<ScoringResult>(scoring),
    async close() {
      await worker?.terminate();
    },
  };
}

/** A number of samples asks for the reference's own reading. */
export type WorkerRequest = ScoringRequest | number;

type Answer<T> = { readonly result: T } | { readonly error: Error };

/** Between two requests the worker keeps no program running. */
function ask<T>(worker: Worker, request: WorkerRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off('message', answer);
      worker.off('error', fail);
      worker.off('exit', gone);
      worker.unref();
      finish();
    };
    const answer = (message: Answer<T>): void =>
      settle(() => ('result' in message ? resolve(message.result) : reject(message.error)));
    const fail = (error: Error): void => settle(() => reject(error));
    const gone = (code: number): void => settle(() => reject(new Error(`the scoring thread ended with code ${code}`)));
    worker.on('message', answer);
    worker.on('error', fail);
    worker.on('exit', gone);
    worker.ref();
    worker.postMessage(request);
  });
}
