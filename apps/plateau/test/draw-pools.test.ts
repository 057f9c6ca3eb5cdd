import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { matrix, RandomState } from '@plateau/numerics';
import { fastStatistic, serialPool, type Draw } from '@plateau/small-sample';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { drawPools } from '../src/diagnose/draw-pools.js';
import { temporaryFolder } from './temporary-folder.js';

const random = new RandomState(3);
const [reference, generated] = [20, 16].map((rows) => matrix(random.randn(rows, 4), rows, 4)) as [
  ReturnType<typeof matrix>,
  ReturnType<typeof matrix>,
];
const draws: Draw[] = Array.from({ length: 13 }, () => ({
  reference: Int32Array.from({ length: 20 }, () => random.randint(20)),
  generated: Int32Array.from({ length: 16 }, () => random.randint(16)),
}));

/** Workers load JavaScript only. */
async function builtWorker(): Promise<URL> {
  const outfile = join(temporaryFolder(), 'draw-worker.mjs');
  const entry = fileURLToPath(new URL('../src/diagnose/draw-worker.ts', import.meta.url));
  const entryPoints = [entry];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', conditions: ['@plateau/source'] });
  return pathToFileURL(outfile);
}

// A pool is undefined on one core, where this thread measures.
describe('drawPools', () => {
  it.each([
    ['on workers', builtWorker],
    ['on this thread, where there is no built worker', async () => new URL('./none.js', import.meta.url)],
  ])('gives what one thread gives, in the order of the draws: %s', async (_, script) => {
    const pools = drawPools({ script: await script() });
    const expected = await serialPool(fastStatistic(reference, generated))(draws, () => {});
    let done = 0;
    const measured = await pools.poolOf(reference, generated)?.(draws, () => (done += 1));
    if (measured) {
      expect(measured).toEqual(expected);
      expect(done).toBe(draws.length);
    }
    pools.close();
  });

  it('fails with what measuring the sets fails with', async () => {
    const pools = drawPools({ script: await builtWorker() });
    const narrow = matrix(new Float64Array(30), 10, 3);
    const why = (() => {
      try {
        fastStatistic(reference, narrow);
      } catch (error) {
        return error;
      }
    })();
    expect(why).toBeInstanceOf(RangeError);
    const measuring = pools.poolOf(reference, narrow)?.(draws, () => {});
    if (measuring) await expect(measuring).rejects.toEqual(why);
    pools.close();
  });
});
