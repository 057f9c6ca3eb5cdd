import { describe, expect, test } from 'vitest';
import type { ImageBatch } from '@plateau/images';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { createTfjsEngine } from '../src/engines/tfjs-engine.js';
import { createWeights, type FeatureExtractor } from '../src/index.js';
import { NetworkExtractor } from '../src/network-extractor.js';
import { plainForward } from './plain-forward.js';
import { everyNode as network, oneConvolution, trainedLookingWeights } from './small-networks.js';
import { useWasm } from './use-wasm.js';

const SIDE = 14;
const weights = trainedLookingWeights(network);

async function open(options: { batchSize?: number } = {}): Promise<FeatureExtractor> {
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
  return new NetworkExtractor({ network, layer: 'pool', weights, engine, ...options });
}

/** Grey images of the network's own size, so that the resize changes nothing. */
function greys(count: number): ImageBatch & { readonly data: Uint8Array } {
  const data = Uint8Array.from({ length: count * SIDE * SIDE }, (_, i) => (i * i * 31) % 256);
  return { data, count, height: SIDE, width: SIDE, channels: 1, range: [0, 255] };
}

function toRgb(batch: ImageBatch & { readonly data: Uint8Array }): ImageBatch & { readonly data: Uint8Array } {
  return {
    ...batch,
    channels: 3,
    data: Uint8Array.from({ length: batch.data.length * 3 }, (_, i) => batch.data[Math.floor(i / 3)]!),
  };
}

test('pixels reach the network scaled to [−1, 1]', async () => {
  const images = toRgb(greys(1));
  const extractor = await open();
  const { data } = await extractor.extract(images);
  const expected = plainForward(
    network,
    weights,
    Float32Array.from(images.data, (pixel) => pixel / 127.5 - 1),
  );
  expected.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 4));
  extractor.dispose();
});

describe('the same images give the same features', () => {
  test.each<[string, (images: ImageBatch & { readonly data: Uint8Array }) => ImageBatch]>([
    ['as RGB', toRgb],
    [
      'as float32 in [0, 1]',
      (images) => ({ ...images, data: Float32Array.from(images.data, (p) => p / 255), range: [0, 1] }),
    ],
    [
      'as float32 in [−1, 1]',
      (images) => ({ ...images, data: Float32Array.from(images.data, (p) => p / 127.5 - 1), range: [-1, 1] }),
    ],
    ['as uint16', (images) => ({ ...images, data: Uint16Array.from(images.data, (p) => p * 257), range: [0, 65535] })],
  ])('%s', async (_, change) => {
    const images = greys(2);
    const extractor = await open();
    const expected = (await extractor.extract(images)).data;
    const actual = (await extractor.extract(change(images))).data;
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
    extractor.dispose();
  });

  test.each([1, 2, 5, 9])('%i at once', async (batchSize) => {
    const [whole, parts] = await Promise.all([open(), open({ batchSize })]);
    const images = greys(5);
    const expected = await whole.extract(images);
    const actual = await parts.extract(images);
    expect([actual.rows, actual.cols]).toEqual([5, 6]);
    actual.data.forEach((value, i) => expect(value).toBeCloseTo(expected.data[i]!, 5));
    whole.dispose();
    parts.dispose();
  });

  test('two extractions at the same time', async () => {
    const extractor = await open({ batchSize: 2 });
    const [first, second] = await Promise.all([extractor.extract(greys(5)), extractor.extract(greys(3))]);
    expect(second.data).toEqual(first.data.slice(0, 3 * 6));
    extractor.dispose();
  });
});

test('no images give no rows', async () => {
  const extractor = await open();
  expect(await extractor.extract(greys(0))).toEqual({ data: new Float32Array(0), rows: 0, cols: 6 });
  extractor.dispose();
});

describe('bad images are refused', () => {
  test('NaN among the pixels: the image is named, counted from the start of the batch', async () => {
    const extractor = await open({ batchSize: 2 });
    const data = Float32Array.from(greys(5).data);
    data[3 * SIDE * SIDE + 7] = NaN;
    await expect(extractor.extract({ ...greys(5), data })).rejects.toThrow(
      'small/test: image 3 holds NaN at (x 7, y 0), expected values in [0, 255]',
    );
    extractor.dispose();
  });

  test('pixels outside the range that the batch states', async () => {
    const extractor = await open();
    await expect(extractor.extract({ ...greys(2), range: [0, 1] })).rejects.toThrow(/image 0 holds .* in \[0, 1\]/);
    extractor.dispose();
  });

  test('fewer pixels than the sizes say', async () => {
    const extractor = await open();
    await expect(extractor.extract({ ...greys(2), count: 3 })).rejects.toThrow(RangeError);
    extractor.dispose();
  });
});

test('features that overflow are refused, the image counted from the start of the batch', async () => {
  const tensors = new Map(trainedLookingWeights(oneConvolution).tensors);
  const kernel = tensors.get('conv/kernel')!;
  tensors.set('conv/kernel', { ...kernel, data: kernel.data.map(() => 1e38) });
  const huge = createWeights({ id: 'huge', provenance: 'test', tensors });
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), oneConvolution, huge);
  const extractor = new NetworkExtractor({
    network: oneConvolution,
    layer: 'pool',
    weights: huge,
    engine,
    batchSize: 1,
  });
  const data = new Uint8Array(3 * 5 * 5).fill(255, 2 * 5 * 5);
  const images: ImageBatch = { data, count: 3, height: 5, width: 5, channels: 1, range: [0, 255] };
  await expect(extractor.extract(images)).rejects.toThrow(
    'features of image 2 of the batch hold Infinity, expected finite numbers: the weights may be damaged',
  );
  extractor.dispose();
});

describe('a disposed extractor', () => {
  const message = 'extractor small/test was disposed: open another one with openExtractor';

  test('refuses to extract', async () => {
    const extractor = await open();
    extractor.dispose();
    await expect(extractor.extract(greys(1))).rejects.toThrow(message);
  });

  test('can be disposed again', async () => {
    const extractor = await open();
    extractor.dispose();
    expect(() => extractor.dispose()).not.toThrow();
  });

  test('ends an extraction that is under way', async () => {
    const extractor = await open({ batchSize: 1 });
    const extraction = extractor.extract(greys(5));
    extractor.dispose();
    await expect(extraction).rejects.toThrow(message);
  });
});

test('no tensor is left behind on tfjs, not even by an extraction that fails', async () => {
  const tf = await useWasm();
  const before = tf.memory().numTensors;
  const engine = await createTfjsEngine(tf, network, weights);
  const extractor = new NetworkExtractor({ network, layer: 'pool', weights, engine, batchSize: 2 });
  const opened = tf.memory().numTensors;
  await extractor.extract(greys(5));
  await expect(extractor.extract({ ...greys(1), data: new Float32Array(SIDE * SIDE).fill(NaN) })).rejects.toThrow();
  expect(tf.memory().numTensors).toBe(opened);
  extractor.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
