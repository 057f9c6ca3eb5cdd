import { createHash } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBatch, type ImageBatch } from '@plateau/images';
import { readNpyMatrix, writeNpy, type Matrix } from '@plateau/numerics';
import type { FeatureExtractor } from '../feature-extractor.js';
import { cacheFolder } from './cache-folder.js';
import { pruneFolder } from './prune-folder.js';
import { writeAtomically } from './write-atomically.js';

export interface FeatureCacheOptions {
  /** @default `features` in the cache folder */
  readonly folder?: string;
  /** What is used least recently gives way. @default 1 GiB */
  readonly maxBytes?: number;
}

/** Batches between two looks at the size of the folder. */
const BATCHES_BETWEEN_PRUNES = 32;

/**
 * The same extractor, which remembers on disk what it computed. A batch is found by the hash of its pixels and of everything that
 * its features depend on (network, weights, layer, preparation, engine), so that what is found can't be out of date. Two processes
 * can use one folder: files appear whole, and one that can't be read is computed anew.
 * @throws RangeError when `maxBytes` is no number of 0 or more
 * @example const extractor = withFeatureCache(await openExtractor({ weights: 'bundled' }));
 */
export function withFeatureCache(extractor: FeatureExtractor, options: FeatureCacheOptions = {}): FeatureExtractor {
  const { folder = join(cacheFolder(), 'features'), maxBytes = 2 ** 30 } = options;
  if (!(maxBytes >= 0)) throw new RangeError(`maxBytes is ${maxBytes}, expected a number of 0 or more`);
  let written = 0;
  return {
    ...identityOf(extractor),
    async extract(batch) {
      const path = join(folder, `${keyOf(extractor, batch)}.npy`);
      const found = await read(path, { rows: batch.count, cols: extractor.dimension });
      if (found) return found;
      const features = await extractor.extract(batch);
      await writeAtomically(path, writeNpy(features));
      if (written++ % BATCHES_BETWEEN_PRUNES === 0) await pruneFolder(folder, { maxBytes, keep: path });
      return features;
    },
    dispose: () => extractor.dispose(),
  };
}

function identityOf(extractor: FeatureExtractor): Omit<FeatureExtractor, 'extract' | 'dispose'> {
  const { id, layer, dimension, weightsSha256, resize, engine } = extractor;
  return { id, layer, dimension, weightsSha256, resize, engine };
}

function keyOf(extractor: FeatureExtractor, batch: ImageBatch): string {
  const { data, count, height, width, channels, range } = checkBatch(batch);
  const hash = createHash('sha256');
  const kind = data.constructor.name;
  hash.update(JSON.stringify([identityOf(extractor), kind, count, height, width, channels, range]));
  hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex');
}

async function read(path: string, shape: { rows: number; cols: number }): Promise<Matrix | undefined> {
  try {
    const matrix = readNpyMatrix(await readFile(path));
    const now = new Date();
    await utimes(path, now, now);
    return matrix.rows === shape.rows && matrix.cols === shape.cols ? matrix : undefined;
  } catch {
    return undefined;
  }
}
