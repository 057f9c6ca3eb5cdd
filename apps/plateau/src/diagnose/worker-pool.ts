import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Matrix } from '@plateau/numerics';
import type { Draw, DrawPool, Measurements } from '@plateau/small-sample';

/** Two sets of features that workers see without copying. */
export interface SharedSets {
  readonly reference: Matrix;
  readonly generated: Matrix;
}

/** Draws that travel to a worker at a time. */
const BATCH = 25;

/**
 * Measures the bootstrap's draws on all cores but for this thread's share, or undefined where there is one core or the
 * program runs from its TypeScript sources, which workers can't load.
 */
export function workerPool(reference: Matrix, generated: Matrix): DrawPool | undefined {
  const script = fileURLToPath(new URL('./draw-worker.js', import.meta.url));
  const count = availableParallelism();
  if (count < 2 || !existsSync(script)) return undefined;
  const sets: SharedSets = { reference: share(reference), generated: share(generated) };
  return async (draws, onDraw) => {
    const results = new Array<Measurements>(draws.length);
    let next = 0;
    const serve = async (worker: Worker): Promise<void> => {
      while (next < draws.length) {
        const start = next;
        next += BATCH;
        const measured = await ask(worker, draws.slice(start, start + BATCH));
        measured.forEach((numbers, i) => {
          results[start + i] = numbers;
          onDraw();
        });
      }
    };
    const workers = Array.from({ length: count }, () => new Worker(script, { workerData: sets }));
    try {
      await Promise.all(workers.map(serve));
      return results;
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  };
}

function ask(worker: Worker, draws: readonly Draw[]): Promise<readonly Measurements[]> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answer);
      worker.off('error', fail);
    };
    const answer = (measured: readonly Measurements[]): void => {
      settle();
      resolve(measured);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    worker.on('message', answer);
    worker.on('error', fail);
    worker.postMessage(draws);
  });
}

function share({ data, rows, cols }: Matrix): Matrix {
  const shared = new Float64Array(new SharedArrayBuffer(data.length * 8));
  shared.set(data);
  return { data: shared, rows, cols };
}
