import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { looksLikeHdf5, readKerasH5 } from '../formats/keras-h5.js';
import { readNpyFolder } from '../formats/npy-folder.js';
import { looksLikePytorch, readPytorch } from '../formats/pytorch.js';
import { looksLikeSafetensors, readSafetensors } from '../formats/safetensors.js';
import { readTfjsModel } from '../formats/tfjs-model.js';
import { describeNetwork } from '../network/describe-network.js';
import { createWeights } from '../weights/network-weights.js';
import { parseWeightFile, type WeightFile } from '../weights/weight-file.js';
import { importRawFid, looksLikeRawFid } from './import-raw-fid.js';
import { recogniseNetwork } from './recognise-network.js';

/**
 * Reads weights that were made elsewhere: a PyTorch `.pth`, safetensors, a Keras `.h5`, a TensorFlow.js `model.json` (or its
 * folder), a folder of `.npy` files or of the FID network's raw `.dat` files. What a file is, is told by its content. Nothing in it is run.
 * @param path file or folder
 * @param options.id short name of the weights, for results
 * @throws RangeError in one line when the file is damaged, hostile, or of a network that isn't known
 */
export async function importWeights(path: string, options: { id: string }): Promise<WeightFile> {
  const { id } = options;
  if ((await statOf(path)).isDirectory()) return importFolder(path, id);
  if (path.endsWith('.json')) return named(path, id, await readTfjsModel(path));
  const bytes = await readFile(path);
  if (looksLikeHdf5(bytes)) return named(path, id, await readKerasH5(bytes, path));
  if (looksLikePytorch(bytes)) return named(path, id, readPytorch(bytes, path));
  if (!path.endsWith('.safetensors') && !looksLikeSafetensors(bytes)) {
    throw new RangeError(`${path} holds no weights: expected .pth, .safetensors, .h5, model.json, .onnx or a folder`);
  }
  const file = readSafetensors(bytes, path);
  if (file.metadata.format === undefined || file.metadata.network === undefined) return named(path, id, file.tensors);
  const own = parseWeightFile(bytes, path);
  return { ...own, weights: { ...own.weights, id } };
}

async function importFolder(path: string, id: string): Promise<WeightFile> {
  const files = await readdir(path);
  if (looksLikeRawFid(files)) {
    const network = describeNetwork('inception-2015-12-05');
    const tensors = await importRawFid(network, path);
    return { network, weights: createWeights({ id, provenance: `raw files of ${basename(path)}`, tensors }) };
  }
  if (files.includes('model.json')) return named(path, id, await readTfjsModel(join(path, 'model.json')));
  if (files.some((file) => file.endsWith('.npy'))) return named(path, id, await readNpyFolder(path));
  throw new RangeError(`${path} holds no weights: expected a model.json, .npy files or weights_*.dat files`);
}

function named(path: string, id: string, given: Parameters<typeof recogniseNetwork>[0]): WeightFile {
  const { network, tensors } = recogniseNetwork(given, path);
  return { network, weights: createWeights({ id, provenance: `imported from ${basename(path)}`, tensors }) };
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (cause) {
    throw new Error(
      `can't read ${path} (${(cause as NodeJS.ErrnoException).code}): expected a file or folder of weights`,
      {
        cause,
      },
    );
  }
}
