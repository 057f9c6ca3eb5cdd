import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readKerasH5 } from '../src/formats/keras-h5.js';
import { fixturePath } from './fixture-path.js';

// Files and numbers are made by test-fixtures/features/make-keras-files.py, with Keras itself but for the oldest layout.
const read = async (file: string, end?: number) =>
  readKerasH5((await readFile(fixturePath(file))).subarray(0, end), file);

/** First number of each tensor: 10 for each tensor before it in the model. */
const MODEL = {
  'conv2d_1/kernel': 0,
  'batch_normalization/beta': 10,
  'batch_normalization/moving_mean': 20,
  'batch_normalization/moving_variance': 30,
  'conv2d/kernel': 40,
  'batch_normalization_1/gamma': 50,
  'batch_normalization_1/beta': 60,
  'batch_normalization_1/moving_mean': 70,
  'batch_normalization_1/moving_variance': 80,
  'dense/kernel': 90,
  'dense/bias': 100,
};

const firsts = async (file: string) =>
  Object.fromEntries([...(await read(file))].map(([name, { data }]) => [name, data[0]]));

describe('readKerasH5', () => {
  it('reads a whole model, without the optimizer', async () => {
    expect(await firsts('keras-model.h5')).toEqual(MODEL);
    const tensors = await read('keras-model.h5');
    expect(tensors.get('conv2d_1/kernel')).toEqual({
      shape: [1, 1, 3, 2],
      data: Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25),
    });
  });

  it('reads the numbered tensors of Keras 3', async () => {
    expect(await firsts('keras-3.weights.h5')).toEqual(MODEL);
  });

  it('reads a model inside a model', async () => {
    expect(await firsts('keras-nested.h5')).toMatchObject(MODEL);
  });

  it('reads what Keras Applications publishes: float64 as float32, integers left out, layers by their groups', async () => {
    expect(await firsts('keras-legacy.h5')).toEqual({
      'conv2d_1/kernel': 0,
      'conv2d_2/kernel': 10,
      'batch_normalization_1/beta': 20,
      'batch_normalization_1/moving_mean': 30,
      'batch_normalization_1/moving_variance': 40,
    });
  });

  it.each([
    ['hostile-link.h5', 'hostile-link.h5: conv2d_1/kernel:0 is a link to elsewhere, expected numbers'],
    ['hostile-circle.h5', 'hostile-circle.h5: the groups of conv2d_1 go round in a circle'],
    [
      'hostile-size.h5',
      'hostile-size.h5 claims to hold more than 1073741824 bytes of weights: it is damaged or hostile',
    ],
  ])('refuses %s', async (file, message) => {
    await expect(read(file)).rejects.toThrow(new RangeError(message));
  });

  it.each([8, 100, 3000, 8000])('refuses a file cut off after %i bytes', async (end) => {
    await expect(read('keras-legacy.h5', end)).rejects.toThrow(
      new RangeError('keras-legacy.h5 is no complete HDF5 file: it is truncated or damaged'),
    );
  });
});
