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

/** Pools of workers for any pair of sets. */
export interface WorkerPools {
  /** Measures draws of two sets on all cores; undefined where there is one core or no built worker. */
  poolOf(reference: Matrix, generated: Matrix): DrawPool | undefined;
  /** Ends all workers. */
  close(): Promise<void>;
}

/** Draws that travel to a worker at a time. */
const BATCH = 5;

/**
 * Starts a worker a core for each pair of sets that is asked for; workers of a pair stay until the pools are closed, since
 * what they prepare takes seconds. Programs run from their TypeScript sources have no workers.
 */
export function workerPools(): WorkerPools {
  const script = fileURLToPath(new URL('./draw-worker.js', import.meta.url));
  const count = availableParallelism();
  const shared = new Map<Matrix, Matrix>();
  const started: { readonly sets: SharedSets; readonly workers: readonly Worker[] }[] = [];
  const sharedOf = (features: Matrix): Matrix => {
    const known = shared.get(features) ?? share(features);
    shared.set(features, known);
    return known;
  };
  const workersOf = (sets: SharedSets): readonly Worker[] => {
    const known = started.find(({ sets: s }) => s.reference === sets.reference && s.generated === sets.generated);
    if (known) return known.workers;
    const workers = Array.from({ length: count }, () => new Worker(script, { workerData: sets }));
    started.push({ sets, workers });
    return workers;
  };
  return {
    poolOf(reference, generated) {
      if (count < 2 || !existsSync(script)) return undefined;
      return (draws, onDraw) =>
        measureOn(workersOf({ reference: sharedOf(reference), generated: sharedOf(generated) }), draws, onDraw);
    },
    async close() {
      await Promise.all(started.flatMap(({ workers }) => workers.map((worker) => worker.terminate())));
    },
  };
}

async function measureOn(
  workers: readonly Worker[],
  draws: readonly Draw[],
  onDraw: () => void,
): Promise<readonly Measurements[]> {
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
  await Promise.all(workers.map(serve));
  return results;
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
