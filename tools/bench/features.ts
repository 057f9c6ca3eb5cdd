// InceptionV3 through the engines, on 200×200 grey images; what opening one costs; a folder of JPEGs through the built command.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jpeg from 'jpeg-js';
import type { ImageBatch } from '@plateau/images';
import { describeInceptionV3, loadWeights, openExtractor } from '@plateau/features';
import { createOnnxruntimeEngine, importOnnxruntime } from '../../packages/features/src/engines/onnxruntime-engine.js';
import type { BenchRow } from './bench-row.js';

const ROUNDS = 4;
const NATIVE_COUNT = 16;
const WASM_COUNT = 2;
const BARE_ROUNDS = 8;
const JPEG_COUNT = 2000;
const JPEG_SIDE = 256;

export default async function benchFeatures(): Promise<BenchRow[]> {
  const native = await openExtractor({ weights: 'bundled', engine: 'onnxruntime' });
  const wasm = await openExtractor({ weights: 'bundled', engine: 'tfjs' });
  const bare = await openBareEngine();
  const [many, few] = [noise(NATIVE_COUNT), noise(WASM_COUNT)];
  const [nativeSeconds, wasmSeconds, bareSeconds, openSeconds] = await leastSeconds([
    () => native.extract(many),
    () => wasm.extract(few),
    bare.run,
    async () => (await openExtractor({ weights: 'bundled', engine: 'onnxruntime' })).dispose(),
  ]);
  const bareBefore = await perBareImage(bare.run);
  const folder = await throughTheCommand();
  const bareMean = (bareBefore + (await perBareImage(bare.run))) / 2;
  for (const open of [native, wasm, bare]) open.dispose();
  const perImage = nativeSeconds! / NATIVE_COUNT;
  return [
    row(`an image through ${native.engine}`, perImage, { name: wasm.engine, seconds: wasmSeconds! / WASM_COUNT }),
    row('the same, resize and checks included', perImage, {
      name: 'bare engine',
      seconds: bareSeconds! / NATIVE_COUNT,
    }),
    {
      ...row(`an image of ${JPEG_COUNT} JPEGs in a folder, by plateau features`, folder.seconds / JPEG_COUNT, {
        name: 'bare engine, mean of before and after',
        seconds: bareMean,
      }),
      note: folder.memory,
    },
    { name: `opening bundled weights in ${native.engine}`, seconds: openSeconds! },
  ];
}

/** onnxruntime on images that are ready for it, as many at once as the extractor gives it. */
async function openBareEngine(): Promise<{ run: () => Promise<void>; dispose: () => void }> {
  const network = describeInceptionV3({ variant: 'keras' });
  const weights = await loadWeights(network, 'bundled');
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
  const count = engine.batchSize;
  const pixels = Float32Array.from({ length: count * 3 * 299 * 299 }, (_, i) => ((i * 48271) % 2147) / 1073.5 - 1);
  return {
    async run() {
      for (let done = 0; done < NATIVE_COUNT; done += count) await engine.run(pixels, { count });
    },
    dispose: () => engine.dispose(),
  };
}

/** Over as long as the machine needs to grow warm: the least time of a moment is no measure for minutes of work. */
async function perBareImage(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let round = 0; round < BARE_ROUNDS; round++) await run();
  return (performance.now() - start) / 1000 / (BARE_ROUNDS * NATIVE_COUNT);
}

/** From the start of the process to its end: decoding, resizing, the network, writing. Needs `npm run build`. */
async function throughTheCommand(): Promise<{ seconds: number; memory: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'plateau-bench-'));
  const command = fileURLToPath(new URL('../../apps/plateau/bin/plateau.js', import.meta.url));
  try {
    await writeJpegs(folder);
    const words = ['features', '--images', folder, '--out', join(folder, 'features.npy'), '--no-cache'];
    const start = performance.now();
    const samples: number[] = [];
    await new Promise<void>((resolve, reject) => {
      const child = execFile(process.execPath, [command, ...words], (error) => (error ? reject(error) : resolve()));
      const watch = setInterval(
        () => void residentMegabytes(child.pid!).then((size) => size && samples.push(size)),
        500,
      );
      child.on('exit', () => clearInterval(watch));
    });
    const [early, late] = [0.25, 1].map((share) => samples[Math.ceil(share * samples.length) - 1]);
    const memory =
      late === undefined ? 'memory is told on Linux only' : `${early} MB after a quarter, ${late} MB at the end`;
    return { seconds: (performance.now() - start) / 1000, memory };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a process occupies now; undefined where the system doesn't tell. */
async function residentMegabytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1000);
}

/** Grey textures, each another one. */
async function writeJpegs(folder: string): Promise<void> {
  for (let i = 0; i < JPEG_COUNT; i++) {
    const data = Uint8Array.from({ length: 4 * JPEG_SIDE * JPEG_SIDE }, (_, at) => {
      const [y, x] = [Math.floor(at / 4 / JPEG_SIDE), (at >> 2) % JPEG_SIDE];
      return 128 + 60 * Math.sin((x * (i % 13) + y * (i % 7)) / 40) + ((x * y * (i + 1)) % 61);
    });
    const { data: bytes } = jpeg.encode({ data, width: JPEG_SIDE, height: JPEG_SIDE }, 90);
    await writeFile(join(folder, `${i}.jpg`), bytes);
  }
}

function noise(count: number): ImageBatch {
  const data = Uint8Array.from({ length: count * 200 * 200 }, (_, i) => (i * 48271) % 251);
  return { data, count, height: 200, width: 200, channels: 1, range: [0, 255] };
}

/** The least time of each piece of work over several rounds, in turns, so that a busy moment of the machine hits all alike. */
async function leastSeconds(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const least = works.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, work] of works.entries()) {
      const start = performance.now();
      await work();
      least[i] = Math.min(least[i]!, (performance.now() - start) / 1000);
    }
  }
  return least;
}

function row(name: string, seconds: number, baseline: { name: string; seconds: number }): BenchRow {
  return { name, seconds, baseline, ratio: baseline.seconds / seconds };
}
