// InceptionV3 through the engines, on 200×200 grey images; and what opening one costs.
import type { ImageBatch } from '@plateau/images';
import { describeInceptionV3, loadWeights, openExtractor } from '@plateau/features';
import { createOnnxruntimeEngine, importOnnxruntime } from '../../packages/features/src/engines/onnxruntime-engine.js';
import type { BenchRow } from './bench-row.js';

const ROUNDS = 4;
const NATIVE_COUNT = 16;
const WASM_COUNT = 2;

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
  for (const open of [native, wasm, bare]) open.dispose();
  const perImage = nativeSeconds! / NATIVE_COUNT;
  return [
    row(`an image through ${native.engine}`, perImage, { name: wasm.engine, seconds: wasmSeconds! / WASM_COUNT }),
    row('the same, resize and checks included', perImage, {
      name: 'bare engine',
      seconds: bareSeconds! / NATIVE_COUNT,
    }),
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
