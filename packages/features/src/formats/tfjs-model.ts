import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { floatTypes, readFloats } from './float-types.js';
import type { WeightTensor } from '../weights/network-weights.js';

/** An entry of a TensorFlow.js weights manifest. */
interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly min?: number; readonly scale?: number };
}

const WIDTHS: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

/**
 * The weights of a TensorFlow.js layers or graph model: a `model.json` beside its `.bin` files, quantised or not. Only floats
 * are kept. Nothing is read outside the model's folder.
 * @param path of the model.json
 * @throws RangeError when it is no such model, or its files are truncated
 */
export async function readTfjsModel(path: string): Promise<Map<string, WeightTensor>> {
  const groups = parseManifest(await readFile(path, 'utf8'), path);
  const tensors = new Map<string, WeightTensor>();
  for (const { paths, weights } of groups) {
    const bytes = Buffer.concat(await Promise.all(paths.map((part) => readPart(path, part))));
    let offset = 0;
    for (const entry of weights) {
      const size = entry.shape.reduce((product, extent) => product * extent, 1);
      const width = WIDTHS[entry.quantization?.dtype ?? entry.dtype];
      if (width === undefined)
        throw new RangeError(`${path}: ${entry.name} is of type ${entry.dtype}, expected numbers`);
      const end = offset + size * width;
      if (end > bytes.length) {
        throw new RangeError(
          `${path}: its files hold ${bytes.length} bytes, ${entry.name} ends at ${end}: they are truncated`,
        );
      }
      if (entry.dtype === 'float32') {
        tensors.set(entry.name, { shape: entry.shape, data: dequantise(bytes.subarray(offset, end), entry) });
      }
      offset = end;
    }
  }
  return tensors;
}

function parseManifest(text: string, path: string): { paths: string[]; weights: ManifestEntry[] }[] {
  let model: unknown;
  try {
    model = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`${path} is no JSON: expected the model.json of a TensorFlow.js model`, { cause });
  }
  const manifest = (model as { weightsManifest?: unknown } | null)?.weightsManifest;
  if (!Array.isArray(manifest) || !manifest.every(isGroup)) {
    throw new RangeError(
      `${path} has no weightsManifest of paths and weights: expected the model.json of a TensorFlow.js model`,
    );
  }
  return manifest;
}

function isGroup(group: unknown): group is { paths: string[]; weights: ManifestEntry[] } {
  const { paths, weights } = (group ?? {}) as { paths?: unknown; weights?: unknown };
  if (!Array.isArray(paths) || !paths.every((part) => typeof part === 'string') || !Array.isArray(weights))
    return false;
  return weights.every((entry) => {
    const { name, shape, dtype } = (entry ?? {}) as Partial<Record<keyof ManifestEntry, unknown>>;
    if (typeof name !== 'string' || typeof dtype !== 'string' || !Array.isArray(shape)) return false;
    return shape.every((extent) => Number.isInteger(extent) && (extent as number) >= 0);
  });
}

async function readPart(model: string, part: string): Promise<Buffer> {
  const path = inFolder(model, part);
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new RangeError(`can't read ${path} (${code}), which ${model} asks for: keep all files of a model together`, {
      cause,
    });
  }
}

function inFolder(model: string, part: string): string {
  const folder = dirname(model);
  const path = join(folder, part);
  const way = relative(folder, path);
  if (isAbsolute(part) || isAbsolute(way) || way.startsWith('..')) {
    throw new RangeError(`${model} asks for ${part}, which is outside its folder: only files beside it are read`);
  }
  return path;
}

function dequantise(bytes: Buffer, { quantization }: ManifestEntry): Float32Array {
  if (quantization === undefined) return readFloats(bytes, floatTypes.F32!);
  if (quantization.dtype === 'float16') return readFloats(bytes, floatTypes.F16!);
  const { min = 0, scale = 1, dtype } = quantization;
  const read = dtype === 'uint8' ? (i: number) => bytes[i]! : (i: number) => bytes.readUInt16LE(2 * i);
  return Float32Array.from({ length: bytes.length / WIDTHS[dtype]! }, (_, i) => read(i) * scale + min);
}
