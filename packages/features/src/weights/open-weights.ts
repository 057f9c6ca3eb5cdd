import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeInceptionV3 } from '../network/inception-v3.js';
import { listWeights, readFromStore } from '../store/weights-store.js';
import { loadWeights, type WeightsSource } from './load-weights.js';
import { readWeightFile, type WeightFile } from './weight-file.js';

/** The file that a fine-tuning leaves in its folder. */
export const FINETUNED_FILE = 'finetuned.safetensors';

/**
 * Opens weights by name, with their network: `bundled`, `random:<seed>`, a path that ends in `.safetensors`, the folder of a
 * fine-tuning, or a name in the store.
 * @throws RangeError when the name is unknown or the file damaged; Error when it can't be read
 */
export async function openWeights(source: string): Promise<WeightFile> {
  if (source.endsWith('.safetensors')) return openFile(source);
  if (source === 'bundled' || source.startsWith('random')) {
    const network = describeInceptionV3({ variant: 'keras' });
    return { network, weights: await loadWeights(network, source as WeightsSource) };
  }
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() ?? false;
  if (isFolder && !(await isStored(source))) return openFile(join(source, FINETUNED_FILE));
  return readFromStore(source);
}

/** A name in the store goes before a folder of that name. */
async function isStored(source: string): Promise<boolean> {
  return (await listWeights()).some(({ name, path }) => name === source && path !== undefined);
}

async function openFile(path: string): Promise<WeightFile> {
  try {
    return await readWeightFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`can't read the weights ${path} (${code})`, { cause: error });
  }
}
