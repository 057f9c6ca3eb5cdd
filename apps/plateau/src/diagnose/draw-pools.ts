import { availableParallelism } from 'node:os';
import { WorkerPool } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import { fastStatistic, serialPool, type Draw, type DrawPool, type Measurements } from '@plateau/small-sample';

/** Two sets of features that workers see without copying. */
export interface SharedSets {
  readonly reference: Matrix;
  readonly generated: Matrix;
}

/** Those who measure draws of any pair of sets. */
export interface DrawPools {
  /** Measures draws of two sets on all cores; undefined where there is one core. */
  poolOf(reference: Matrix, generated: Matrix): DrawPool | undefined;
  /** Ends all workers. */
  close(): void;
}

/** Those who measure draws of one pair of sets. */
interface OpenedPool {
  readonly measure: DrawPool;
  close(): void;
}

/** Draws that travel to a worker at a time. */
const BATCH = 5;

/**
 * Starts a worker a core for each pair of sets that is asked for; workers of a pair stay until the pools are closed, since
 * what they prepare takes seconds. Where there is no built worker, this thread measures.
 * @param options.script of the workers
 */
export function drawPools({ script = new URL('./draw-worker.js', import.meta.url) }: { script?: URL } = {}): DrawPools {
  const count = availableParallelism();
  const shared = new Map<Matrix, Matrix>();
  const opened: { readonly sets: SharedSets; readonly pool: Promise<OpenedPool> }[] = [];
  const sharedOf = (features: Matrix): Matrix => {
    const known = shared.get(features) ?? share(features);
    shared.set(features, known);
    return known;
  };
  const openedFor = (sets: SharedSets): Promise<OpenedPool> => {
    const known = opened.find(({ sets: s }) => s.reference === sets.reference && s.generated === sets.generated);
    if (known) return known.pool;
    const pool = openPool(script, count, sets);
    opened.push({ sets, pool });
    return pool;
  };
  return {
    poolOf(reference, generated) {
      if (count < 2) return undefined;
      return async (draws, onDraw) => {
        const sets = { reference: sharedOf(reference), generated: sharedOf(generated) };
        return (await openedFor(sets)).measure(draws, onDraw);
      };
    },
    close() {
      for (const { pool } of opened) {
        // One that could not be opened has said so to who asked for it.
        pool.then(
          (open) => open.close(),
          () => {},
        );
      }
    },
  };
}

/** @throws what measuring these sets at all fails with */
async function openPool(script: URL, count: number, sets: SharedSets): Promise<OpenedPool> {
  const pool = await WorkerPool.open<readonly Draw[], readonly Measurements[]>(script, { count, workerData: sets });
  if (!pool) return { measure: serialPool(fastStatistic(sets.reference, sets.generated)), close: () => {} };
  const measure: DrawPool = async (draws, onDraw) => {
    const batches = Array.from({ length: Math.ceil(draws.length / BATCH) }, (_, i) =>
      draws.slice(i * BATCH, (i + 1) * BATCH),
    );
    const measured = await Promise.all(
      batches.map(async (batch) => {
        const results = await pool.run(batch);
        results.forEach(onDraw);
        return results;
      }),
    );
    return measured.flat();
  };
  return { measure, close: () => pool.close() };
}

function share({ data, rows, cols }: Matrix): Matrix {
  const shared = new Float64Array(new SharedArrayBuffer(data.length * 8));
  shared.set(data);
  return { data: shared, rows, cols };
}
