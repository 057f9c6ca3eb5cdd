import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs';

/** A saved tfjs model as its files have it. */
export interface SavedModel {
  readonly format: 'layers-model' | 'graph-model';
  readonly artifacts: io.ModelArtifacts & {
    readonly weightSpecs: io.WeightsManifestEntry[];
    readonly weightData: ArrayBuffer;
  };
  /** Of model.json and the weights. */
  readonly sha256: string;
}

interface ModelJson extends io.ModelJSON {
  readonly weightsManifest: io.WeightsManifestConfig;
}

/**
 * Reads a tfjs model from its folder, in plain Node: model.json and the weight files that it names, which must lie beside it.
 * @throws Error when a file is missing, is no model, or lies elsewhere
 */
export async function readModel(directory: string): Promise<SavedModel> {
  const text = await readBeside(directory, 'model.json');
  const model = parse(text, directory);
  const names = model.weightsManifest.flatMap(({ paths }) => paths);
  const files = await Promise.all(names.map((name) => readBeside(directory, name)));
  const hash = createHash('sha256').update(text);
  for (const file of files) hash.update(file);
  const weights = Buffer.concat(files);
  const { weightsManifest, ...rest } = model;
  const { modelTopology, format, ...more } = rest;
  return {
    format: format === 'graph-model' ? 'graph-model' : 'layers-model',
    artifacts: {
      ...(more as Partial<io.ModelArtifacts>),
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer,
    },
    sha256: hash.digest('hex'),
  };
}

async function readBeside(directory: string, name: string): Promise<Buffer> {
  if (typeof name !== 'string' || !/^[^/\\]+$/.test(name) || name === '..') {
    throw new Error(`${directory}: model.json names the weights ${JSON.stringify(name)}, expected a file beside it`);
  }
  try {
    return await readFile(join(directory, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${directory}: can't read ${name} (${code})`, { cause: error });
  }
}

function parse(text: Buffer, directory: string): ModelJson {
  let model: Partial<ModelJson>;
  try {
    model = JSON.parse(text.toString('utf8')) as Partial<ModelJson>;
  } catch (error) {
    throw new Error(`${directory}: model.json is not JSON`, { cause: error });
  }
  if (!model.modelTopology || !Array.isArray(model.weightsManifest)) {
    throw new Error(`${directory}: model.json has no modelTopology or no weightsManifest, as a tfjs model has`);
  }
  return model as ModelJson;
}
