// A thread that reads saved models one after another, as model-reader.ts does: samples, and what the network makes of them.
import { parentPort, workerData } from 'node:worker_threads';
import { localModelReader, type ModelReaderSetup } from './model-reader.js';

const reader = localModelReader(workerData as ModelReaderSetup);

parentPort!.on('message', (directory: string) => {
  reader.read(directory).then(
    (result) => parentPort!.postMessage({ result }),
    (error: Error) => parentPort!.postMessage({ error }),
  );
});
