import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createUNet, predictWalls } from '@plateau/cells';
import { layersModelToOnnx } from '@plateau/features';
import { RandomState } from '@plateau/numerics';
import { expect, it } from 'vitest';
import { ONNX_FILE, openOnnxNetwork, openTfjsNetwork } from '../src/cells/open-wall-network.js';
import { openTrainingBackend } from '../src/training-backend.js';
import { saveLayersModel } from '../src/monitor/save-layers-model.js';
import { temporaryFolder } from './temporary-folder.js';

// The expected numbers are TensorFlow.js's own forward pass.
it('a U-Net in onnxruntime gives the probabilities that TensorFlow.js gives, for tiles of any size', async () => {
  const tf = await openTrainingBackend();
  const folder = join(temporaryFolder(), 'u-net');
  const model = createUNet(tf, { seed: 3 });
  await saveLayersModel(model, folder);
  await writeFile(join(folder, ONNX_FILE), await layersModelToOnnx(model));
  const [onnx, tfjs] = [await openOnnxNetwork(join(folder, ONNX_FILE)), await openTfjsNetwork(folder)];
  const noise = new RandomState(1);
  for (const [width, height] of [
    [64, 48],
    [33, 50],
  ] as const) {
    const image = { data: Float32Array.from(noise.randn(width * height)), width, height };
    const [p, q] = [await predictWalls(onnx!, image), await predictWalls(tfjs, image)];
    const worst = p.data.reduce((most, value, i) => Math.max(most, Math.abs(value - q.data[i]!)), 0);
    expect(worst).toBeLessThan(1e-4);
    // Not a constant, which would agree for nothing.
    expect(Math.max(...p.data) - Math.min(...p.data)).toBeGreaterThan(0.01);
  }
});

it('is not there without its file', async () => {
  expect(await openOnnxNetwork(join(temporaryFolder(), ONNX_FILE))).toBeUndefined();
});
