import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resizeClean } from '@plateau/images';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { createTfjsEngine } from '../src/engines/tfjs-engine.js';
import { importRawFid } from '../src/import/import-raw-fid.js';
import { createWeights, describeInceptionV3, networkUpTo, toOnnx, type NetworkWeights } from '../src/index.js';
import { scalePixels } from '../src/prepare/scale-pixels.js';
import { channelsFirst, expectClose } from './forward-case.js';
import { photographs } from './photographs.js';
import { plainForward } from './plain-forward.js';
import { relativeDistance } from './relative-distance.js';
import { sharedData } from './shared-data.js';
import { useWasm } from './use-wasm.js';

const fid = describeInceptionV3({ variant: 'fid' });
const folder = sharedData('weights/inception-2015-12-05-partial');

async function load(): Promise<NetworkWeights> {
  return createWeights({ id: 'fid', provenance: 'test', tensors: await importRawFid(fid, folder.path) });
}

describe.skipIf(folder.absent)('the real weights of the FID network (needs ../shared/data)', () => {
  it.each(['64', '192', '768'])('give the same %s features in both engines, to 1e-3', async (layer) => {
    const network = networkUpTo(fid, layer);
    const weights = await load();
    const tf = await useWasm();
    const image = resizeClean(
      { ...photographs, data: photographs.data.slice(0, 120 * 160 * 3), count: 1 },
      {
        height: 299,
        width: 299,
      },
    );
    const pixels = (layout: 'NCHW' | 'NHWC') =>
      scalePixels(image.data, { count: 1, channels: 3, layout, scaling: { subtract: 128, divide: 128 } });
    const native = await createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
    const wasm = await createTfjsEngine(tf, network, weights);
    const expected = await native.run(pixels('NCHW'), { count: 1 });
    const actual = await wasm.run(pixels('NHWC'), { count: 1 });
    native.dispose();
    wasm.dispose();
    expect(expected).toHaveLength(Number(layer));
    expect(expected.filter((value) => value > 0).length).toBeGreaterThan(Number(layer) / 4);
    expect(relativeDistance(actual, expected)).toBeLessThan(1e-3);
  });

  // At 79×79 pixels the loops of plainForward take seconds; the weights are those of the whole network.
  it('are computed with as the definitions say, up to mixed0', async () => {
    const { nodes, output, id } = networkUpTo(fid, 'mixed0');
    const small = {
      id,
      output,
      nodes: nodes.map((node) => (node.kind === 'input' ? { ...node, height: 79, width: 79 } : node)),
    };
    const weights = await load();
    const image = scalePixels(
      resizeClean(
        { ...photographs, data: photographs.data.slice(0, 120 * 160 * 3), count: 1 },
        {
          height: 79,
          width: 79,
        },
      ).data,
      { count: 1, channels: 3, layout: 'NHWC', scaling: { subtract: 128, divide: 128 } },
    );
    const engine = await createOnnxruntimeEngine(await importOnnxruntime(), small, weights);
    expectClose(
      await engine.run(channelsFirst(image, { count: 1 }), { count: 1 }),
      plainForward(small, weights, image),
    );
    engine.dispose();
  });

  it('lack what comes after mixed8, and say so', async () => {
    const weights = await load();
    expect(() => toOnnx(networkUpTo(fid, '2048'), weights)).toThrow(
      "weights 'fid' lack the tensor mixed9.branch1x1/kernel (1×1×1280×320) of inception-2015-12-05",
    );
  });
});

describe('a folder of raw files', () => {
  async function folderOf(files: Record<string, number>): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'plateau-raw-'));
    onTestFinished(() => rm(path, { recursive: true }));
    for (const [name, size] of Object.entries(files)) await writeFile(join(path, name), new Uint8Array(size));
    return path;
  }

  it('that is truncated is refused with the file and the length expected', async () => {
    const path = await folderOf({ 'weights_conv.dat': 3455, 'bias_conv.dat': 128 });
    await expect(importRawFid(fid, path)).rejects.toThrow(
      /weights_conv\.dat has 3455 bytes, expected 3456 \(864 float32 numbers\)/,
    );
  });

  it('that holds something else is refused', async () => {
    await expect(importRawFid(fid, await folderOf({ 'weights_other.dat': 4 }))).rejects.toThrow(
      /holds no weights_conv\.dat, expected the raw files of the FID network/,
    );
  });
});
