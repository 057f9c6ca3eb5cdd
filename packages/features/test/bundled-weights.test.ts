import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { resizeClean } from '@plateau/images';
import * as tf from '@tensorflow/tfjs';
import { expect, test, vi } from 'vitest';
import { describeInceptionV3, loadWeights, openExtractor } from '../src/index.js';
import { matrixRow } from './matrix-row.js';
import { photographs } from './photographs.js';
import { relativeDistance } from './relative-distance.js';
import { useWasm } from './use-wasm.js';

/** The model as nsfwjs has it: its own topology, its own files run as scripts. */
async function loadOriginal(): Promise<tf.LayersModel> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('nsfwjs')), 'models/inception_v3');
  const { modelTopology, weightsManifest } = require(join(folder, 'model.min.js')) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const shards = Array.from({ length: 6 }, (_, i) =>
    Buffer.from(require(join(folder, `group1-shard${i + 1}of6.min.js`)) as string, 'base64'),
  );
  const weightData = Uint8Array.from(Buffer.concat(shards)).buffer;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

// `flatten_1` is the 8×8 average of the last block as a vector; nsfwjs' classifier comes after it.
test('features are those of the network as nsfwjs describes it, up to its average pool', async () => {
  await useWasm();
  const original = await loadOriginal();
  const pooled = tf.model({
    inputs: original.inputs,
    outputs: original.getLayer('flatten_1').output as tf.SymbolicTensor,
  });
  const { data } = resizeClean(photographs, { height: 299, width: 299 });
  const expected = tf.tidy(() => {
    const pixels = tf.tensor4d(data, [photographs.count, 299, 299, 3]);
    return (pooled.predict(pixels.div(127.5).sub(1)) as tf.Tensor).arraySync() as number[][];
  });
  original.dispose();

  const extractor = await openExtractor({ weights: 'bundled', engine: 'onnxruntime' });
  const features = await extractor.extract(photographs);
  extractor.dispose();
  expected.forEach((row, i) => expect(relativeDistance(matrixRow(features, i), row)).toBeLessThan(1e-5));
});

test('are the numbers of nsfwjs 4.2.1, and say so', async () => {
  const weights = await loadWeights(describeInceptionV3({ variant: 'keras' }), 'bundled');
  expect(weights.provenance).toContain('nsfwjs 4.2.1');
  // Computed once from nsfwjs 4.2.1.
  expect(weights.sha256).toBe('4a60d2a82ef08ae9ede929a2a9f0cdbc77a5cdaa0c6cb527095740c415d32215');
});

test('without nsfwjs, the error says what to install', async () => {
  vi.resetModules();
  vi.doMock('node:module', () => ({
    createRequire: () => ({
      resolve: () => {
        throw Object.assign(new Error("Cannot find module 'nsfwjs'"), { code: 'MODULE_NOT_FOUND' });
      },
    }),
  }));
  const { openExtractor: open } = await import('../src/index.js');
  await expect(open({ weights: 'bundled' })).rejects.toThrow(
    new Error("weights 'bundled' come from the package nsfwjs, which is not installed: npm install nsfwjs"),
  );
  vi.doUnmock('node:module');
});
