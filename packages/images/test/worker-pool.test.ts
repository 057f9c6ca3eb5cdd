import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeFiles } from '../src/decode-files.js';
import { WorkerPool } from '../src/index.js';
import { prepareFile } from '../src/prepare-file.js';
import { fixturePath } from './fixtures.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plateau-pool-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A worker that answers a number with its square after as many milliseconds, and refuses others. */
async function squares(): Promise<URL> {
  const path = join(folder, 'squares.mjs');
  await writeFile(
    path,
    `import { parentPort } from 'node:worker_threads';
parentPort.on('message', (job) => setTimeout(() => {
  if (job === 99) process.exit(1);
  parentPort.postMessage(job < 0 ? { error: new RangeError('below 0') } : { result: job * job });
}, job));
parentPort.postMessage('ready');`,
  );
  return pathToFileURL(path);
}

describe('WorkerPool', () => {
  it('does more jobs than it has workers, and gives each its own result', async () => {
    const pool = await WorkerPool.open<number, number>(await squares(), { count: 2 });
    expect(await Promise.all([9, 1, 5, 3, 2].map((job) => pool!.run(job)))).toEqual([81, 1, 25, 9, 4]);
    pool!.close();
  });

  it('hands on what a job fails with, and goes on', async () => {
    const pool = await WorkerPool.open<number, number>(await squares(), { count: 1 });
    await expect(pool!.run(-1)).rejects.toThrow(new RangeError('below 0'));
    expect(await pool!.run(2)).toBe(4);
    pool!.close();
  });

  it('fails what is not done when it is closed, and what is asked for afterwards', async () => {
    const pool = await WorkerPool.open<number, number>(await squares(), { count: 1 });
    const jobs = [pool!.run(50), pool!.run(50)];
    pool!.close();
    for (const job of [...jobs, pool!.run(1)]) await expect(job).rejects.toThrow('the worker pool was closed');
  });

  it('fails what a worker that ended was doing', async () => {
    const pool = await WorkerPool.open<number, number>(await squares(), { count: 1 });
    await expect(pool!.run(99)).rejects.toThrow('a worker thread ended');
    pool!.close();
  });

  it('tells its workers what they are told', async () => {
    const path = join(folder, 'told.mjs');
    await writeFile(
      path,
      `import { parentPort, workerData } from 'node:worker_threads';
parentPort.on('message', (job) => parentPort.postMessage({ result: workerData.times * job }));
parentPort.postMessage('ready');`,
    );
    const pool = await WorkerPool.open<number, number>(pathToFileURL(path), { count: 2, workerData: { times: 3 } });
    expect(await Promise.all([1, 2, 3].map((job) => pool!.run(job)))).toEqual([3, 6, 9]);
    pool!.close();
  });

  it('lets the process end when its workers have nothing to do', async () => {
    const pool = fileURLToPath(new URL('../src/worker-pool.ts', import.meta.url));
    await build({ entryPoints: [pool], outfile: join(folder, 'worker-pool.mjs'), format: 'esm' });
    await squares();
    const script = join(folder, 'program.mjs');
    await writeFile(
      script,
      `import { WorkerPool } from './worker-pool.mjs';
const pool = await WorkerPool.open(new URL('./squares.mjs', import.meta.url), { count: 2 });
process.stdout.write(String(await pool.run(3)));`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 10_000 });
    expect(stdout).toBe('9');
  });

  it('is undefined where the script can’t be loaded', async () => {
    expect(await WorkerPool.open(new URL('none.mjs', pathToFileURL(`${folder}/`)), { count: 2 })).toBeUndefined();
  });
});

describe('the worker that decodes', () => {
  it('gives what this thread gives, and says what is wrong with a file', async () => {
    const script = pathToFileURL(join(folder, 'decode-worker.mjs'));
    // Workers load JavaScript only.
    await build({
      entryPoints: [fileURLToPath(new URL('../src/decode-worker.ts', import.meta.url))],
      outfile: fileURLToPath(script),
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const names = ['grey8.png', 'rgb16.png', 'palette4.png', 'rgb420.jpg'];
    const paths = [...names.map((name) => fixturePath(`files/${name}`)), join(folder, 'none.png')];
    // More than are worth worker threads.
    const jobs = Array.from({ length: 70 }, (_, i) => ({ path: paths[i % 5]!, target: undefined }));
    let at = 0;
    for await (const image of decodeFiles(jobs, { script })) {
      const path = paths[at++ % 5]!;
      if (path === paths[4]) expect(image).toEqual(new Error('missing'));
      else expect(image).toEqual(await prepareFile({ path, target: undefined }));
    }
    expect(at).toBe(70);
  });
});
