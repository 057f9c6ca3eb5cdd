import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy } from '@plateau/numerics';
import type { WeightTensor } from '../weights/network-weights.js';

/**
 * The tensors of a folder of `.npy` files, named like the files.
 * @throws RangeError when a file is damaged, which is named
 */
export async function readNpyFolder(folder: string): Promise<Map<string, WeightTensor>> {
  const tensors = new Map<string, WeightTensor>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.npy')).sort()) {
    const path = join(folder, file);
    try {
      const { data, shape } = readNpy(await readFile(path));
      tensors.set(file.slice(0, -'.npy'.length), { shape, data: Float32Array.from(data) });
    } catch (cause) {
      throw new RangeError(`${path}: ${(cause as Error).message}`, { cause });
    }
  }
  return tensors;
}
