import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageBatch } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { openExtractor, toOnnx } from '../src/index.js';
import { plainForward } from './plain-forward.js';
import { everyNode, trainedLookingWeights } from './small-networks.js';
import { temporaryFolder } from './temporary-folder.js';

const SIDE = 14;
const image: ImageBatch = {
  data: Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * i * 31) % 256),
  count: 1,
  height: SIDE,
  width: SIDE,
  channels: 3,
  range: [0, 255],
};
const weights = trainedLookingWeights(everyNode);
const scaled = Float32Array.from(image.data, (pixel) => pixel / 127.5 - 1);

async function onnxFile(): Promise<string> {
  const path = join(await temporaryFolder(), 'own.onnx');
  await writeFile(path, toOnnx(everyNode, weights));
  return path;
}

describe('an .onnx file', () => {
  it('is an extractor; one that Plateau exported says how it wants its images', async () => {
    const extractor = await openExtractor({ weights: await onnxFile() });
    expect(extractor).toMatchObject({ id: 'onnx/own.onnx', layer: 'pool/features', dimension: 6 });
    const { data } = await extractor.extract(image);
    plainForward(everyNode, weights, scaled).forEach((value, i) => expect(data[i]).toBeCloseTo(value, 4));
    extractor.dispose();
  });

  it('gives any value inside it as a layer, averaged over the image', async () => {
    const extractor = await openExtractor({ weights: await onnxFile(), layer: 'both' });
    expect(extractor).toMatchObject({ layer: 'both', dimension: 9 });
    const { data } = await extractor.extract(image);
    const cut = {
      ...everyNode,
      nodes: [...everyNode.nodes, { kind: 'global-average-pool', name: 'mean', input: 'both' } as const],
      output: 'mean',
    };
    plainForward(cut, weights, scaled).forEach((value, i) => expect(data[i]).toBeCloseTo(value, 4));
    extractor.dispose();
  });

  it('takes another scaling from the caller', async () => {
    const onnxInput = { scaling: { subtract: [1, 2, 3], divide: 51 } } as const;
    const extractor = await openExtractor({ weights: await onnxFile(), onnxInput });
    const { data } = await extractor.extract(image);
    const expected = plainForward(
      everyNode,
      weights,
      Float32Array.from(image.data, (pixel, i) => (pixel - (i % 3) - 1) / 51),
    );
    expected.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 3));
    extractor.dispose();
  });

  it('without that layer is refused', async () => {
    await expect(openExtractor({ weights: await onnxFile(), layer: 'none' })).rejects.toThrow(
      /own\.onnx has no layer 'none': expected pool\/features or the name of a value inside it/,
    );
  });

  it('that is missing, truncated or something else is refused in one line', async () => {
    const folder = await temporaryFolder();
    await expect(openExtractor({ weights: join(folder, 'none.onnx') })).rejects.toThrow(/can't read .*\(ENOENT\)/);
    await writeFile(join(folder, 'text.onnx'), 'no network at all');
    await expect(openExtractor({ weights: join(folder, 'text.onnx') })).rejects.toThrow(/^[^\n]*text\.onnx[^\n]*$/);
    const bytes = toOnnx(everyNode, weights);
    await writeFile(join(folder, 'cut.onnx'), bytes.subarray(0, bytes.length - 100));
    await expect(openExtractor({ weights: join(folder, 'cut.onnx') })).rejects.toThrow(/^[^\n]*cut\.onnx[^\n]*$/);
  });
});
