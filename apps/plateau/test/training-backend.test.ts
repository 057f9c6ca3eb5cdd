import type * as tfjs from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openTrainingBackend } from '../src/training-backend.js';
import { createDcgan } from '../src/trainers/dcgan.js';
import { createVae } from '../src/trainers/vae.js';
import { createWganGp } from '../src/trainers/wgan-gp.js';

const onWebgpu = await openTrainingBackend('webgpu').then(
  (tf) => ({ tf }),
  (error: Error) => ({ why: error.message }),
);
const installed = (name: string) =>
  import(name).then(
    () => true,
    () => false,
  );

describe('openTrainingBackend', () => {
  it.each(['wasm', 'cpu'] as const)('opens %s when it is asked for', async (name) => {
    const tf = await openTrainingBackend(name);
    expect(tf.getBackend()).toBe(name);
  });

  it.each([
    ['node', '@tensorflow/tfjs-node'],
    ['node-gpu', '@tensorflow/tfjs-node-gpu'],
  ] as const)('says what to install for %s where it is not there', async (name, packageName) => {
    if (await installed(packageName)) return expect((await openTrainingBackend(name)).getBackend()).toBe('tensorflow');
    await expect(openTrainingBackend(name)).rejects.toThrow(
      new RegExp(`^tfjs can't run on ${name}: ${packageName} .+: npm install ${packageName}$`),
    );
  });
});

// Skipped where WebGPU finds no graphics processor. A software renderer does, such as Chromium's SwiftShader:
// VK_DRIVER_FILES names its vk_swiftshader_icd.json, LD_LIBRARY_PATH the folder with libvulkan.so.1.
describe.skipIf('why' in onWebgpu)('the trainers on webgpu', () => {
  const small = { size: 16, width: 4, latentDim: 4, batchSize: 4, seed: 1 };
  const steps = { ...small, stepsPerEpoch: 2, augment: true };

  // The cpu backend is the oracle: the same seed draws the same numbers on both.
  it.each([
    ['a GAN', (tf: Tf) => adversarialLogs(tf, createDcgan(tf, steps))],
    ['a WGAN-GP', (tf: Tf) => adversarialLogs(tf, createWganGp(tf, { ...steps, criticSteps: 1 }))],
    ['a VAE', vaeLogs],
  ])('train %s as on cpu', async (_, logs) => {
    const { tf } = onWebgpu as { tf: Tf };
    const [webgpu, cpu] = [await on(tf, 'webgpu', logs), await on(tf, 'cpu', logs)];
    expect(Object.keys(webgpu)).toEqual(Object.keys(cpu));
    for (const [name, value] of Object.entries(cpu)) expect(webgpu[name]! / value).toBeCloseTo(1, 3);
  });

  async function vaeLogs(tf: Tf): Promise<Record<string, number>> {
    const trainer = createVae(tf, small);
    const images = noise(tf);
    const { history } = await trainer.fit(images, { epochs: 1 });
    trainer.dispose();
    images.dispose();
    return { loss: history.loss[0] as number };
  }
});

type Tf = typeof tfjs;

async function on(tf: Tf, backend: string, logs: (tf: Tf) => Promise<object>): Promise<Record<string, number>> {
  await tf.setBackend(backend);
  return (await logs(tf)) as Record<string, number>;
}

function noise(tf: Tf): tfjs.Tensor4D {
  return tf.randomUniform([8, 16, 16, 1], -1, 1, 'float32', 3);
}

async function adversarialLogs(
  tf: Tf,
  trainer: { epoch(images: tfjs.Tensor4D): Promise<object>; dispose(): void },
): Promise<object> {
  const images = noise(tf);
  const logs = await trainer.epoch(images);
  trainer.dispose();
  images.dispose();
  return logs;
}
