import { availableParallelism } from 'node:os';
import { WorkerPool, type SkippedImage } from '@plateau/images';
import { analyseImage, type AnalysedImage, type AnalysisJob } from './analyse-image.js';
import { openSegmentation, type SegmentationRequest } from './open-segmentation.js';

/** Those who analyse images. */
export interface Analysts {
  /** Images that they work on at a time. */
  readonly atOnce: number;
  analyse(job: AnalysisJob): Promise<AnalysedImage | SkippedImage>;
  close(): void;
}

/** A thread a core; this thread where there is one core, or no built worker. */
export async function openAnalysts(request: SegmentationRequest): Promise<Analysts> {
  const atOnce = availableParallelism();
  const script = new URL('./analyse-worker.js', import.meta.url);
  const pool =
    atOnce < 2
      ? undefined
      : await WorkerPool.open<AnalysisJob, AnalysedImage | SkippedImage>(script, {
          count: atOnce,
          workerData: request,
        });
  if (pool) return { atOnce, analyse: (job) => pool.run(job), close: () => pool.close() };
  const segment = await openSegmentation(request);
  return { atOnce: 1, analyse: (job) => analyseImage(job, segment), close: () => {} };
}
