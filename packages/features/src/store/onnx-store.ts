import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openOnnxExtractor } from '../open-onnx-extractor.js';
import { digestOf } from './digest-of.js';
import { writeAtomically } from './write-atomically.js';

/** An `.onnx` network of the store. */
export interface StoredOnnx {
  readonly path: string;
  /** Of the file when it was imported. */
  readonly sha256: string;
}

export const ONNX_EXTENSION = '.onnx';

/** Copies an `.onnx` file into a folder once it has run on a blank image, and writes its hash beside it. */
export async function importOnnx(
  source: string,
  { name, folder }: { name: string; folder: string },
): Promise<StoredOnnx & { readonly layer: string; readonly dimension: number }> {
  const extractor = await openOnnxExtractor({ weights: source, preparation: { resize: 'clean' } });
  const { layer, dimension, weightsSha256: sha256 } = extractor;
  extractor.dispose();
  const path = join(folder, `${name}${ONNX_EXTENSION}`);
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(folder, { recursive: true });
  try {
    await copyFile(source, temporary);
    await writeAtomically(hashFile(path), Buffer.from(`${sha256}\n`));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return { path, sha256, layer, dimension };
}

/** The network of that name; undefined when there is none. */
export async function storedOnnx(name: string, folder: string): Promise<StoredOnnx | undefined> {
  const path = join(folder, `${name}${ONNX_EXTENSION}`);
  if ((await stat(path).catch(() => undefined)) === undefined) return undefined;
  return { path, sha256: (await readFile(hashFile(path), 'utf8').catch(() => '')).trim() };
}

/** @throws RangeError when the file is not the one that was imported */
export async function verifyOnnx({ path, sha256 }: StoredOnnx): Promise<void> {
  requireHash({ path, sha256 }, await digestOf(path, 'sha256'));
}

/** @throws RangeError when the hash is another than that of the file that was imported */
export function requireHash({ path, sha256 }: StoredOnnx, actual: string): void {
  if (actual === sha256) return;
  throw new RangeError(`${path} is damaged: its SHA-256 is ${actual}, expected ${sha256 || 'one in a file beside it'}`);
}

/** Forgets the network of that name. */
export async function removeOnnx(name: string, folder: string): Promise<void> {
  const path = join(folder, `${name}${ONNX_EXTENSION}`);
  await rm(path, { force: true });
  await rm(hashFile(path), { force: true });
}

function hashFile(path: string): string {
  return `${path}.sha256`;
}
