import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import type * as tfjs from '@tensorflow/tfjs';
import { offerDawn } from './offer-dawn.js';

/** What tfjs can train on, the fastest first. */
export const trainingBackends = ['node-gpu', 'node', 'webgpu', 'wasm', 'cpu'] as const;

export type TrainingBackend = (typeof trainingBackends)[number];

/**
 * A tfjs that can train.
 * @param wanted default: `tfjs-node-gpu` or `tfjs-node` where the user installed them, else WebAssembly with the training
 *   kernels
 * @throws Error that says what to install when what was asked for isn't there
 */
export async function openTrainingBackend(wanted?: TrainingBackend): Promise<typeof tfjs> {
  if (wanted !== undefined) {
    return openers[wanted]().catch((cause: Error) => {
      throw new Error(`tfjs can't train on ${wanted}: ${cause.message}`, { cause });
    });
  }
  for (const native of ['node-gpu', 'node'] as const) {
    const tf = await openers[native]().catch(() => undefined);
    if (tf) return tf;
  }
  return openers.wasm();
}

const openers: Readonly<Record<TrainingBackend, () => Promise<typeof tfjs>>> = {
  'node-gpu': () => importNative('@tensorflow/tfjs-node-gpu'),
  node: () => importNative('@tensorflow/tfjs-node'),
  async webgpu() {
    await offerDawn();
    await importPackage('@tensorflow/tfjs-backend-webgpu');
    return onBackend('webgpu');
  },
  async wasm() {
    await import('@tensorflow/tfjs-backend-wasm');
    const tf = await onBackend('wasm');
    registerTrainingKernels(tf);
    return tf;
  },
  cpu: () => onBackend('cpu'),
};

async function onBackend(name: string): Promise<typeof tfjs> {
  const tf = await import('@tensorflow/tfjs');
  if (!(await tf.setBackend(name))) throw new Error('the backend does not start on this machine');
  await tf.ready();
  return tf;
}

/** These packages are tfjs with a backend of their own, which is on once they are imported. */
async function importNative(name: string): Promise<typeof tfjs> {
  const module = await importPackage<typeof tfjs & { default?: typeof tfjs }>(name);
  return module.default ?? module;
}

async function importPackage<T>(name: string): Promise<T> {
  try {
    return (await import(name)) as T;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : `doesn't load (${message.split('\n')[0]})`;
    throw new Error(`${name} ${reason}: npm install ${name}`, { cause });
  }
}
