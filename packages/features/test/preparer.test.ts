import { WorkerPool, type ImageBatch } from '@plateau/images';
import { expect, it } from 'vitest';
import { inputPixels } from '../src/prepare/input-pixels.js';
import type { PrepareJob } from '../src/prepare/prepare-worker.js';
import { Preparer } from '../src/prepare/preparer.js';
import { bundleWorker } from './bundle-worker.js';

const data = Uint8Array.from({ length: 40 * 12 * 10 }, (_, i) => (i * i) % 256);
const batch: ImageBatch = { data, count: 40, height: 12, width: 10, channels: 1, range: [0, 255] };
const options = {
  preparation: { resize: 'clean', crop: { bottom: 2 } },
  input: { height: 16, width: 16, scaling: { subtract: 127.5, divide: 127.5 } },
  layout: 'NCHW',
} as const;

it('a worker thread prepares images as this thread does, and refuses them alike', async () => {
  const script = await bundleWorker('prepare/prepare-worker.ts');
  const pool = await WorkerPool.open<PrepareJob, Float32Array>(script, { count: 1 });
  expect(await pool!.run({ batch, ...options })).toEqual(inputPixels(batch, options));
  await expect(pool!.run({ batch, ...options, preparation: { resize: 'none' } })).rejects.toThrow(
    new RangeError("images are 10×12, the network reads 16×16: resize them, or choose another resize than 'none'"),
  );
  pool!.close();
});

it('a preparer goes on by itself where workers can’t be loaded, as here', async () => {
  const preparer = new Preparer(options);
  for (let round = 0; round < 3; round++) expect(await preparer.prepare(batch)).toEqual(inputPixels(batch, options));
  preparer.close();
});
