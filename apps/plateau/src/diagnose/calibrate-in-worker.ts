import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Matrix } from '@plateau/numerics';
import type { CalibratedDistance, CalibratedOptions, DiagnoseOptions } from '@plateau/small-sample';

/** What the worker is told. */
export interface CalibrationTask {
  readonly reference: Matrix;
  readonly generated: Matrix;
  readonly settings: Omit<CalibratedOptions, 'onStep'>;
}

/**
 * Computes the calibrated distance beside everything else, in a worker of its own; undefined where there is one core or no
 * built worker.
 */
export function calibrateInWorker(): DiagnoseOptions['calibrate'] {
  const script = fileURLToPath(new URL('./calibrate-worker.js', import.meta.url));
  if (availableParallelism() < 2 || !existsSync(script)) return undefined;
  return (reference, generated, { onStep, ...settings }) =>
    new Promise((resolve, reject) => {
      const task: CalibrationTask = { reference, generated, settings };
      const worker = new Worker(script, { workerData: task });
      worker.on('error', reject);
      worker.on('message', (message: CalibratedDistance | 'step') => {
        if (message === 'step') onStep?.();
        else resolve(message);
      });
    });
}
