import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resizeClean } from '@plateau/images';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
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

describe('where nsfwjs is not as expected, the error is one line', () => {
  afterEach(() => {
    vi.doUnmock('node:module');
    vi.resetModules();
  });

  /** Opens the extractor in a world where the package nsfwjs resolves as given. */
  async function openWith(resolve: () => string): Promise<unknown> {
    vi.resetModules();
    vi.doMock('node:module', () => ({ createRequire: () => ({ resolve }) }));
    return (await import('../src/index.js')).openExtractor({ weights: 'bundled' });
  }

  /** A package nsfwjs whose model consists of the given files. */
  function packageOf(files: Record<string, string>): () => string {
    const root = mkdtempSync(join(tmpdir(), 'plateau-nsfwjs-'));
    const folder = join(root, 'dist/models/inception_v3');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(root, 'package.json'), '{ "version": "9.0.0" }');
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    onTestFinished(() => rmSync(root, { recursive: true }));
    return () => join(root, 'dist/cjs/index.js');
  }

  const manifest =
    'a.exports={weights:[{name:"conv2d_1/kernel",shape:[3,3,3,32],dtype:"float32",quantization:{min:-1,scale:.5,dtype:"uint8"}}]}';
  const shards = (text: string) =>
    Object.fromEntries([1, 2, 3, 4, 5, 6].map((i) => [`group1-shard${i}of6.min.js`, text]));

  test('not installed', async () => {
    const resolve = () => {
      throw Object.assign(new Error("Cannot find module 'nsfwjs'"), { code: 'MODULE_NOT_FOUND' });
    };
    await expect(openWith(resolve)).rejects.toThrow(
      new Error("weights 'bundled' come from the package nsfwjs, which is not installed: npm install nsfwjs"),
    );
  });

  test('without the model', async () => {
    await expect(openWith(packageOf({}))).rejects.toThrow(
      /^nsfwjs has no .*model\.min\.js, expected it as in 4\.2: npm install nsfwjs@4\.2$/,
    );
  });

  test('with a file of another kind', async () => {
    const files = {
      'model.min.js': manifest,
      ...shards('a.exports="AAAA"'),
      'group1-shard2of6.min.js': 'export default 1',
    };
    await expect(openWith(packageOf(files))).rejects.toThrow(/^group1-shard2of6\.min\.js of nsfwjs holds no base64/);
  });

  test('with fewer bytes than its manifest says', async () => {
    const files = { 'model.min.js': manifest, ...shards('a.exports="AAAA"') };
    await expect(openWith(packageOf(files))).rejects.toThrow(
      'the weights of nsfwjs hold 18 bytes, their manifest describes 864: npm install nsfwjs@4.2',
    );
  });

  test('with a model that lacks layers', async () => {
    const bytes = Buffer.alloc(144).toString('base64');
    const files = { 'model.min.js': manifest, ...shards(`a.exports="${bytes}"`) };
    await expect(openWith(packageOf(files))).rejects.toThrow(
      /^weights 'bundled' lack the tensor stem\.conv_1\/beta \(32\)/,
    );
  });
});
