import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { segmentCells, type SegmentOptions } from '@plateau/cells';
import { analyseImage, type AnalysedImage, type AnalysisJob, type Segment } from './analyse-image.js';
import type { AnalysisAnswer } from './analyse-worker.js';

/** Those who analyse images, one image each at a time. */
export interface Analysts {
  readonly each: readonly ((job: AnalysisJob) => Promise<AnalysedImage>)[];
  close(): Promise<void>;
}

/** One analyst on this thread. */
export function analystHere(segment: Segment): Analysts {
  return { each: [(job) => analyseImage(job, segment)], close: () => Promise.resolve() };
}

/** An analyst a core, each on a thread of its own; one here where there is one core, or no built worker. */
export function analystsOnThreads(options: SegmentOptions): Analysts {
  const script = fileURLToPath(new URL('./analyse-worker.js', import.meta.url));
  const count = availableParallelism();
  if (count < 2 || !existsSync(script)) return analystHere((image) => segmentCells(image, options));
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData: options }));
  return {
    each: workers.map((worker) => (job) => answerOf(worker, job)),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function answerOf(worker: Worker, job: AnalysisJob): Promise<AnalysedImage> {
  return new Promise((resolve, reject) => {
    const listeners = { message, error: settled(reject), exit: settled(ended) };
    for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
    worker.postMessage(job);

    function message(answer: AnalysisAnswer): void {
      settled(() => ('error' in answer ? reject(answer.error) : resolve(answer.analysed)))(answer);
    }
    function ended(): void {
      reject(new Error(`the thread that analysed ${job.entry.file} ended before it was done`));
    }
    function settled<T>(then: (value: T) => void): (value: T) => void {
      return (value) => {
        for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
        then(value);
      };
    }
  });
}
