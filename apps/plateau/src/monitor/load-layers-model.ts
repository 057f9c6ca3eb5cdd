import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as tfjs from '@tensorflow/tfjs';

/**
 * Loads a model that a monitor saved (`checkpoints/epoch-N`) in plain Node, where tfjs has no file handler.
 * @throws Error when the folder holds no model
 * @example const generator = await loadLayersModel(tf, 'run/checkpoints/epoch-7')
 */
export async function loadLayersModel(tf: typeof tfjs, directory: string): Promise<tfjs.LayersModel> {
  const read = async (name: string) => {
    try {
      return await readFile(join(directory, name));
    } catch (error) {
      throw new Error(
        `no model in ${directory}: ${name} can't be read; give a folder with model.json and weights.bin`,
        {
          cause: error,
        },
      );
    }
  };
  const { weightsManifest, ...model } = JSON.parse((await read('model.json')).toString('utf8'));
  const weights = await read('weights.bin');
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer;
  return tf.loadLayersModel({
    load: async () => ({ ...model, weightSpecs: weightsManifest[0].weights, weightData }),
  });
}
