// A thread of onnxruntime-lanes.ts: prepares images and runs the network on them.
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerAnswer } from '@plateau/images';
import { inputPixels } from '../prepare/input-pixels.js';
import { importOnnxruntime } from './onnxruntime-engine.js';
import type { LaneJob, LaneModel } from './onnxruntime-lanes.js';

const told = workerData as { model?: LaneModel; readonly threads: number };
const { bytes, input, output } = told.model!;
// The session has weights of its own; these would stay as long as the thread.
delete told.model;
const ort = await importOnnxruntime();
// onnxruntime reads no shared memory.
const session = await ort.InferenceSession.create(new Uint8Array(bytes).slice(), {
  graphOptimizationLevel: 'all',
  intraOpNumThreads: told.threads,
});
/** The last batch's, written over by the next one. */
let into: Float32Array | undefined;

parentPort!.on('message', async ({ batch, ...options }: LaneJob) => {
  let answer: WorkerAnswer<Float32Array>;
  try {
    const pixels = inputPixels(batch, { ...options, ...(into && { into }) });
    into = pixels;
    const tensor = new ort.Tensor('float32', pixels, [batch.count, 3, options.input.height, options.input.width]);
    const { [output]: features } = await session.run({ [input]: tensor }, [output]);
    answer = { result: features!.data as Float32Array };
  } catch (error) {
    answer = { error: error as Error };
  }
  parentPort!.postMessage(answer);
});
parentPort!.postMessage('ready');
