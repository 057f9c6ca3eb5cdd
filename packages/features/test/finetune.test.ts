import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageBatch } from '@plateau/images';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { finetune, openExtractor, readWeightFile, type EpochRecord, type LabelledImages } from '../src/index.js';
import { matrixRow } from './matrix-row.js';
import { relativeDistance } from './relative-distance.js';
import { temporaryFolder } from './temporary-folder.js';
import { useWasm } from './use-wasm.js';

const SIDE = 32;

/** Stripes lie or stand; phases and widths differ. */
function stripes(count: number): ImageBatch & LabelledImages {
  const labels = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 'lying' : 'standing'));
  const data = Uint8Array.from({ length: count * SIDE * SIDE }, (_, i) => {
    const image = Math.floor(i / (SIDE * SIDE));
    const [y, x] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
    return 128 + 100 * Math.sin((image % 2 === 0 ? y : x) / (1.5 + (image % 5) / 5) + image);
  });
  const batch = { data, count, height: SIDE, width: SIDE, channels: 1, range: [0, 255] } as const;
  return {
    ...batch,
    id: 'stripes',
    labels,
    async *[Symbol.asyncIterator]() {
      yield batch;
    },
  };
}

afterEach(() => vi.unstubAllEnvs());

describe('finetune', () => {
  it('makes an extractor of a classifier’s head, and uses what it computed again', { timeout: 120_000 }, async () => {
    const cache = await temporaryFolder();
    vi.stubEnv('PLATEAU_CACHE', cache);
    const out = join(await temporaryFolder(), 'result');
    const tf = await useWasm();
    const data = stripes(16);
    const epochs: EpochRecord[] = [];
    const settings = { data, out, tf, weights: 'random:7', unfreeze: 'head', epochs: 25, patience: 25 } as const;
    const result = await finetune({ ...settings, learningRate: 0.01, onEpoch: (epoch) => epochs.push(epoch) });
    expect(result).toMatchObject({
      classes: ['lying', 'standing'],
      images: { train: 6, validation: 2, test: 8 },
      backend: 'wasm',
    });
    expect(result.history).toEqual(epochs);
    expect(result.trainAccuracy).toBe(1);
    expect(result.testAccuracy).toBeGreaterThanOrEqual(7 / 8);
    expect(result.confusion.flat().reduce((a, b) => a + b)).toBe(8);

    // A head alone leaves the features as they were; the file says what it was trained on.
    const file = await readWeightFile(result.weightsPath);
    expect(file).toMatchObject({ classes: ['lying', 'standing'], training: { data: 'stripes', unfreeze: 'head' } });
    const extractors = [
      await openExtractor({ weights: result.weightsPath }),
      await openExtractor({ weights: result.onnxPath }),
      await openExtractor({ weights: 'random:7' }),
    ];
    const [own, onnx, before] = await Promise.all(extractors.map((extractor) => extractor.extract(data)));
    expect(own!.cols).toBe(2048);
    expect(relativeDistance(matrixRow(own!, 0), matrixRow(before!, 0))).toBeLessThan(1e-5);
    expect(relativeDistance(matrixRow(onnx!, 0), matrixRow(before!, 0))).toBeLessThan(1e-5);
    for (const extractor of extractors) extractor.dispose();
    expect(existsSync(join(out, 'finetune-state.safetensors'))).toBe(false);

    // One file for the images, one for the turned copies of those trained on.
    expect(await readdir(join(cache, 'trunk'))).toHaveLength(2);
    await finetune({ ...settings, epochs: 1 });
    expect(await readdir(join(cache, 'trunk'))).toHaveLength(2);
    await finetune({ ...settings, epochs: 1, copies: 0 });
    expect(await readdir(join(cache, 'trunk'))).toHaveLength(2);
  });

  it('that was killed goes on after its last epoch', { timeout: 120_000 }, async () => {
    vi.stubEnv('PLATEAU_CACHE', await temporaryFolder());
    const out = await temporaryFolder();
    const tf = await useWasm();
    const settings = { data: stripes(8), out, tf, weights: 'random:7', unfreeze: 'head', epochs: 3 } as const;
    const kill = (epoch: EpochRecord) => {
      if (epoch.epoch === 2) throw new Error('killed');
    };
    await expect(finetune({ ...settings, onEpoch: kill })).rejects.toThrow('killed');
    const epochs: number[] = [];
    const { history } = await finetune({ ...settings, onEpoch: ({ epoch }) => epochs.push(epoch) });
    expect(epochs).toEqual([3]);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  });

  const refused = async (options: object) => {
    const tf = await useWasm();
    return finetune({ data: stripes(8), out: '/nowhere', tf, weights: 'random:7', ...options });
  };

  it.each<[string, object, string]>([
    ['images without classes', { data: { ...stripes(2), labels: undefined } }, 'stripes has 0 classes'],
    ['a single class', { data: { ...stripes(2), labels: ['a', 'a'] } }, 'stripes has 1 classes, expected a folder'],
    ['a class with one image', { data: { ...stripes(4), labels: ['a', 'a', 'a', 'b'] } }, "class 'b' has 1 image"],
    ['an unknown block', { unfreeze: 'mixed12' }, "can't unfreeze 'mixed12'"],
    ['more copies than turns', { copies: 8 }, 'copies is 8, expected a whole number from 0 to 7'],
    ['no epochs', { epochs: 0 }, 'epochs is 0, expected a whole number of 1 or more'],
    ['a learning rate below 0', { learningRate: -1 }, 'learningRate is -1'],
    ['weights that are not there', { weights: 'none' }, "weights 'none' are not in the store"],
  ])('refuses %s', async (_, options, message) => {
    const tuning = refused(options);
    await expect(tuning).rejects.toThrow(RangeError);
    await expect(tuning).rejects.toThrow(message);
  });

  it('warns of classes of very different size', async () => {
    const labels = [...new Array<string>(40).fill('a'), 'b', 'b', 'b'];
    const warnings: string[] = [];
    const data = { ...stripes(43), labels };
    await expect(
      refused({ data, weights: 'none', onWarning: (message: string) => warnings.push(message) }),
    ).rejects.toThrow();
    expect(warnings).toEqual([expect.stringContaining("class 'a' has 40 images, 'b' 3")]);
  });
});
