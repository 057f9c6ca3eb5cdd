import { unzipSync, zipSync } from 'fflate';
import type { Matrix } from '../matrix.js';
import { readNpy, type NpyArray } from './read-npy.js';
import { writeNpy } from './write-npy.js';

/**
 * Reads the arrays of an `.npz` file as written by `numpy.savez` or `numpy.savez_compressed`.
 * @param names which arrays to read, of those that are there; default all. Others may be of types that `readNpy` refuses
 * @throws RangeError when the bytes are not a zip archive, or as `readNpy` does
 */
export function readNpz(bytes: Uint8Array, names?: readonly string[]): Map<string, NpyArray> {
  const wanted = names?.map((name) => `${name}.npy`);
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: ({ name }) => wanted?.includes(name) ?? name.endsWith('.npy') });
  } catch (error) {
    throw new RangeError('not an .npz file, or a truncated one: write it with numpy.savez', { cause: error });
  }
  return new Map(Object.entries(files).map(([name, file]) => [name.slice(0, -4), readNpy(file)]));
}

/**
 * The bytes of an uncompressed `.npz` file that `numpy.load` reads.
 * @param arrays by name
 * @throws RangeError as `writeNpy` does
 */
export function writeNpz(arrays: Readonly<Record<string, Matrix | NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 0 });
}
