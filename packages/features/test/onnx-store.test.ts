import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  importIntoStore,
  listWeights,
  openExtractor,
  toOnnx,
  verifyWeights,
  weightsFolder,
  writeWeightFile,
} from '../src/index.js';
import { images, shape, weights } from './forward-case.js';
import { everyNode } from './small-networks.js';
import { temporaryFolder } from './temporary-folder.js';

afterEach(() => vi.unstubAllEnvs());

/** A network of six values as a file outside the store, which is empty. */
async function onnxFile(): Promise<string> {
  vi.stubEnv('PLATEAU_CACHE', await temporaryFolder());
  const path = join(await temporaryFolder(), 'own.onnx');
  await writeFile(path, toOnnx(everyNode, weights));
  return path;
}

test('an .onnx file is imported, listed, verified and opened by its name as by its path', async () => {
  const path = await onnxFile();
  const imported = await importIntoStore(path, { name: 'own' });
  expect(imported.what).toMatch(/^an ONNX network, 6 values of '.+'$/);
  expect((await listWeights())[0]).toMatchObject({ name: 'own', what: 'an ONNX network', path: imported.path });
  await verifyWeights('own');
  const pixels = { data: images.map((value) => Math.min(Math.abs(value), 1)), range: [0, 1] } as const;
  const [count, height, width] = shape;
  const features = [];
  for (const source of ['own', path]) {
    const extractor = await openExtractor({ weights: source });
    expect(extractor).toMatchObject({ dimension: 6, weightsSha256: imported.sha256 });
    features.push((await extractor.extract({ ...pixels, count, height, width, channels: 3 })).data);
    extractor.dispose();
  }
  expect(features[0]).toEqual(features[1]);
});

test('one that was changed since is refused at opening and by verify', async () => {
  const { path } = await importIntoStore(await onnxFile(), { name: 'own' });
  const changed = await readFile(path);
  // A comment of the format at its end: still a network that runs.
  await writeFile(path, Buffer.concat([changed, Buffer.from([0x32, 1, 0x61])]));
  await expect(verifyWeights('own')).rejects.toThrow(`${path} is damaged: its SHA-256 is`);
  await expect(openExtractor({ weights: 'own' })).rejects.toThrow(`${path} is damaged: its SHA-256 is`);
});

test('one that does not run is not taken, and a name has one network', async () => {
  const path = await onnxFile();
  const broken = `${path}.onnx`;
  await copyFile(path, broken);
  await writeFile(broken, (await readFile(path)).subarray(0, 100));
  await expect(importIntoStore(broken, { name: 'own' })).rejects.toThrow('is no .onnx file, or truncated');
  await expect(readdir(weightsFolder())).rejects.toThrow('ENOENT');
  await importIntoStore(path, { name: 'own' });
  const other = join(await temporaryFolder(), 'other.safetensors');
  await writeWeightFile(other, { network: everyNode, weights });
  await expect(importIntoStore(other, { name: 'own' })).rejects.toThrow();
  expect(await readdir(weightsFolder())).toEqual(['own.onnx', 'own.onnx.sha256']);
});
