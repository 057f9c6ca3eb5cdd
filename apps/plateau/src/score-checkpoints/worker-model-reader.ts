import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ModelReader, ModelReaderSetup, ModelReading } from './model-reader.js';

/**
 * Reads models in a worker thread; undefined where the program runs from its TypeScript sources, which workers can't load.
 * A worker that dies fails the model in hand, and the next one gets a new worker.
 */
export function workerModelReader(setup: ModelReaderSetup): ModelReader | undefined {
  const script = fileURLToPath(new URL('./model-worker.js', import.meta.url));
  if (!existsSync(script)) return undefined;
  let worker: Worker | undefined;
  return {
    read(directory) {
      if (!worker) {
        const begun = new Worker(script, { workerData: setup });
        begun.once('exit', () => {
          if (worker === begun) worker = undefined;
        });
        worker = begun;
      }
      return ask(worker, directory);
    },
    async close() {
      await worker?.terminate();
    },
  };
}

type Answer = { readonly result: ModelReading } | { readonly error: Error };

function ask(worker: Worker, directory: string): Promise<ModelReading> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off('message', answer).off('error', fail).off('exit', gone);
      finish();
    };
    const answer = (message: Answer): void =>
      settle(() => ('result' in message ? resolve(message.result) : reject(message.error)));
    const fail = (error: Error): void => settle(() => reject(error));
    const gone = (code: number): void => settle(() => reject(new Error(`the worker thread ended with code ${code}`)));
    worker.on('message', answer).on('error', fail).on('exit', gone);
    worker.postMessage(directory);
  });
}
