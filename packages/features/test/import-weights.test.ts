import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { writeSafetensors } from '../src/formats/safetensors.js';
import { torchInceptionNames } from '../src/import/torch-inception-names.js';
import { kerasInceptionNames } from '../src/import/keras-inception-names.js';
import { recogniseNetwork } from '../src/import/recognise-network.js';
import {
  createWeights,
  describeInceptionV3,
  describeSqueezeNet,
  importWeights,
  readWeightFile,
  weightShapes,
  writeWeightFile,
  type Network,
  type WeightTensor,
} from '../src/index.js';
import { convolutionsOf } from '../src/network/network.js';
import { foldBatchNorm } from '../src/weights/fold-batch-norm.js';
import { fixturePath } from './fixture-path.js';
import { sharedData } from './shared-data.js';
import { trainedLookingWeights, oneConvolution } from './small-networks.js';
import { temporaryFolder } from './temporary-folder.js';

const squeezeNet = sharedData('weights/squeezenet1.1');

describe.skipIf(squeezeNet.absent)('SqueezeNet 1.1 as published (needs ../shared/data)', () => {
  it.each(['0', '1', '2'])('maps input %s to its published output', async (set) => {
    const { network, weights } = await importWeights(join(squeezeNet.path, 'weights'), { id: 'squeezenet' });
    const read = async (name: string) =>
      readNpy(await readFile(join(squeezeNet.path, 'test_data_set', set, `${name}_0.npy`))).data;
    const engine = await createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
    const output = await engine.run(Float32Array.from(await read('input')), { count: 1 });
    engine.dispose();
    const expected = await read('output');
    const worst = Math.max(...Array.from(expected, (value, i) => Math.abs(value - output[i]!)));
    // Logits go up to 272; the README of the data states 1.2e-4.
    expect(Math.max(...expected)).toBeGreaterThan(10);
    expect(worst).toBeLessThan(2e-4);
  });
});

/** Tensors as a foreign file would have them: shapes only, numbers 0. */
function foreign(network: Network, names: Map<string, { name: string; layout?: string }>): Map<string, WeightTensor> {
  return new Map(
    [...weightShapes(network)].map(([tensor, shape]) => {
      const { name, layout } = names.get(tensor)!;
      const [first, ...rest] = [...shape].reverse();
      const foreignShape = layout === undefined ? shape : [first!, ...rest.slice(0, 1), ...shape.slice(0, -2)];
      return [name, { shape: foreignShape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }];
    }),
  );
}

describe('networks are told by the names of their tensors', () => {
  const fid = describeInceptionV3({ variant: 'fid' });
  const keras = describeInceptionV3({ variant: 'keras' });

  it('pytorch-fid', () => {
    const given = foreign(fid, torchInceptionNames(fid));
    // Names and shapes from the state dict of torchvision's Inception3.
    expect(given.get('Conv2d_1a_3x3.conv.weight')!.shape).toEqual([32, 3, 3, 3]);
    expect(given.get('Mixed_6a.branch3x3dbl_3.bn.running_var')!.shape).toEqual([96]);
    expect(given.get('Mixed_6b.branch7x7_2.conv.weight')!.shape).toEqual([128, 128, 1, 7]);
    expect(given.get('Mixed_7c.branch3x3dbl_3b.conv.weight')!.shape).toEqual([384, 384, 3, 1]);
    expect(given.get('fc.weight')!.shape).toEqual([1008, 2048]);
    const kernel = given.get('Conv2d_1a_3x3.conv.weight')!;
    // Filter 5, channel 2, row 1, column 0.
    kernel.data[((5 * 3 + 2) * 3 + 1) * 3] = 7;
    const { network, tensors } = recogniseNetwork(given, 'pt_inception.pth');
    expect(network.id).toBe('inception-2015-12-05');
    expect(tensors.get('stem.conv_1/kernel')!.data[((1 * 3 + 0) * 3 + 2) * 32 + 5]).toBe(7);
    expect(tensors.size).toBe(weightShapes(fid).size);
  });

  it.each([
    ['conv2d_1', 'conv2d_94'],
    ['conv2d', 'conv2d_93'],
    ['conv2d_95', 'conv2d_188'],
  ])('Keras, whose layers count from %s', (first, last) => {
    const given = foreign(keras, kerasInceptionNames(keras, [`${first}/kernel`, 'batch_normalization_1/beta']));
    expect([...given.keys()]).toContain(`${first}/kernel`);
    expect(given.get(`${last}/kernel`)!.shape).toEqual([1, 1, 2048, 192]);
    expect(recogniseNetwork(given, 'model.json').network.id).toBe('inception-v3');
  });

  it('a TensorFlow.js graph model, whose converter folded the normalisations', () => {
    const names = kerasInceptionNames(keras, ['conv2d/kernel', 'batch_normalization/beta']);
    const given = new Map<string, WeightTensor>();
    for (const [name, tensor] of foreign(keras, names)) {
      const [layer, part] = name.split('/') as [string, string];
      const place = `StatefulPartitionedCall/inception_v3/${layer.replace('batch_normalization', 'conv2d')}`;
      if (part === 'kernel') given.set(`${place}/Conv2D_weights`, tensor);
      if (part === 'beta') given.set(`${place}/Conv2D_bn_offset`, { ...tensor, data: tensor.data.map(() => 3) });
    }
    const { network, tensors } = recogniseNetwork(given, 'model.json');
    expect(network.id).toBe('inception-v3');
    const { factor, offset } = foldBatchNorm(
      convolutionsOf(network)[7]!,
      createWeights({ id: '', provenance: '', tensors }),
    );
    // Mean 0 and variance 1 − ε, in float32.
    expect(factor[0]).toBeCloseTo(1, 6);
    expect(offset[0]).toBe(3);
  });

  it('a Keras network whose normalisations scale is not InceptionV3', () => {
    const given = foreign(keras, kerasInceptionNames(keras, ['conv2d/kernel', 'batch_normalization/beta']));
    given.set('batch_normalization_4/gamma', { shape: [32], data: new Float32Array(32) });
    expect(() => recogniseNetwork(given, 'resnet.h5')).toThrow(
      'resnet.h5 has batch_normalization_4/gamma, which inception-v3 lacks: it is of another network',
    );
  });

  it('another architecture is refused with the tensor and the shape expected', () => {
    const given = foreign(fid, torchInceptionNames(fid));
    given.set('fc.weight', { shape: [1000, 2048], data: new Float32Array(1000 * 2048) });
    expect(() => recogniseNetwork(given, 'inception_v3.pth')).toThrow(
      'inception_v3.pth has fc.weight as 2048×1000, expected 2048×1008 (outputs last) for logits/kernel',
    );
    given.delete('fc.weight');
    expect(() => recogniseNetwork(given, 'cut.pth')).toThrow('cut.pth lacks fc.weight, expected 2048×1008');
  });

  it('an unknown one is refused', async () => {
    await expect(importWeights(fixturePath('state-dict.pth'), { id: 'a' })).rejects.toThrow(
      /holds 4 tensors \(matrix, transposed, tail…\) of no network known here/,
    );
  });
});

describe('files of Plateau’s own format', () => {
  const network = describeSqueezeNet();
  const weights = trainedLookingWeights(network);

  it('come back with what they say of themselves', async () => {
    const path = join(await temporaryFolder(), 'own.safetensors');
    const classes = ['a', 'b'];
    await writeWeightFile(path, { network, weights, classes, training: { epochs: 3 } });
    const read = await readWeightFile(path);
    expect(read).toMatchObject({ network, classes, training: { epochs: 3 } });
    expect(read.weights).toMatchObject({ id: 'test', provenance: 'test', sha256: weights.sha256 });
    expect((await importWeights(path, { id: 'mine' })).weights.id).toBe('mine');
  });

  it('whose numbers changed are refused', async () => {
    const path = join(await temporaryFolder(), 'own.safetensors');
    await writeWeightFile(path, { network, weights });
    const bytes = await readFile(path);
    bytes[bytes.length - 3]! ^= 1;
    await writeFile(path, bytes);
    await expect(readWeightFile(path)).rejects.toThrow(/own\.safetensors is damaged: its numbers have SHA-256/);
  });

  it('are told from other safetensors', async () => {
    const path = join(await temporaryFolder(), 'other.safetensors');
    await writeFile(path, writeSafetensors({ tensors: trainedLookingWeights(oneConvolution).tensors, metadata: {} }));
    await expect(readWeightFile(path)).rejects.toThrow(/is not of Plateau's format/);
  });
});

it('what is no weight file is refused in one line', async () => {
  const folder = await temporaryFolder();
  await expect(importWeights(folder, { id: 'a' })).rejects.toThrow(/holds no weights: expected a model\.json/);
  await expect(importWeights(join(folder, 'none'), { id: 'a' })).rejects.toThrow(/can't read .*none \(ENOENT\)/);
  await writeFile(join(folder, 'model.h5'), '\x89HDF\r\n\x1a\n', 'latin1');
  await expect(importWeights(join(folder, 'model.h5'), { id: 'a' })).rejects.toThrow(/is no complete HDF5 file/);
  await expect(importWeights(fixturePath('keras-legacy.h5'), { id: 'a' })).rejects.toThrow(
    /keras-legacy\.h5 has conv2d_1\/kernel as 1×1×3×2, expected 3×3×3×32 \(outputs last\) for stem\.conv_1\/kernel/,
  );
  await writeFile(join(folder, 'text.pth'), 'hello');
  await expect(importWeights(join(folder, 'text.pth'), { id: 'a' })).rejects.toThrow(
    /holds no weights: expected \.pth, \.safetensors,/,
  );
});
