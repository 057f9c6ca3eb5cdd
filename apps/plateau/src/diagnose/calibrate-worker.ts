// The thread of calibrate-in-worker.ts: one calibrated distance, while the other metrics are resampled elsewhere.
import { parentPort, workerData } from 'node:worker_threads';
import { calibratedFrechetDistance } from '@plateau/small-sample';
import type { CalibrationTask } from './calibrate-in-worker.js';

const { reference, generated, settings } = workerData as CalibrationTask;
const onStep = (): void => parentPort!.postMessage('step');
parentPort!.postMessage(calibratedFrechetDistance(reference, generated, { ...settings, onStep }));
