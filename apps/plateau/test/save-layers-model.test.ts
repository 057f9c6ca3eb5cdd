import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { loadLayersModel } from '../src/monitor/load-layers-model.js';
import { saveLayersModel } from '../src/monitor/save-layers-model.js';
import { temporaryFolder } from './temporary-folder.js';

function model(): tf.Sequential {
  return tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 4, activation: 'tanh' })] });
}

describe('saveLayersModel', () => {
  it('round-trips through loadLayersModel', async () => {
    const directory = join(temporaryFolder(), 'nested', 'epoch-1');
    const saved = model();
    await saveLayersModel(saved, directory);
    const loaded = await loadLayersModel(tf, directory);
    const input = tf.tensor2d([[1, -2, 3]]);
    const outputs = [saved, loaded].map((each) => Array.from((each.predict(input) as tf.Tensor).dataSync()));
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('leaves nothing behind when the model fails to save', async () => {
    const folder = temporaryFolder();
    const broken = { save: () => Promise.reject(new Error('no weights')) };
    await expect(saveLayersModel(broken, join(folder, 'epoch-1'))).rejects.toThrow('no weights');
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(folder, 'epoch-1'))).toBe(false);
  });

  it('says what is missing when there is no model to load', async () => {
    const folder = temporaryFolder();
    await expect(loadLayersModel(tf, folder)).rejects.toThrow(`no model in ${folder}: model.json can't be read`);
  });
});
