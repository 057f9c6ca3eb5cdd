import type { Tfjs } from '../tfjs/to-layers-model.js';
import { offerWebgpu } from './offer-webgpu.js';

/** What TensorFlow.js computes on, the fastest first. */
export type BackendName = 'node-gpu' | 'node' | 'webgpu' | 'wasm' | 'cpu';

export const backendNames: readonly BackendName[] = ['node-gpu', 'node', 'webgpu', 'wasm', 'cpu'];

/** A TensorFlow.js on the backend that was asked for, or the fastest one installed. */
export interface ImportedTfjs {
  readonly tf: Tfjs;
  readonly backend: BackendName;
}

/**
 * Imports TensorFlow.js: `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node` where they are installed, else
 * `@tensorflow/tfjs` with `@tensorflow/tfjs-backend-webgpu` on a GPU that the package `webgpu` finds, with
 * `@tensorflow/tfjs-backend-wasm`, or with neither.
 * @param wanted only this one; a `webgpu` that was asked for may be a software renderer
 * @throws Error that says what to install when what was asked for isn't there
 */
export async function importTfjs(wanted?: BackendName): Promise<ImportedTfjs> {
  const reasons: string[] = [];
  for (const backend of wanted === undefined ? backendNames : [wanted]) {
    try {
      return { tf: await openers[backend]({ isWanted: wanted !== undefined }), backend };
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(wanted === undefined ? reasons.at(-1) : `tfjs can't run on ${wanted}: ${reasons[0]}`);
}

const openers: Readonly<Record<BackendName, (options: { isWanted: boolean }) => Promise<Tfjs>>> = {
  'node-gpu': () => importNative('@tensorflow/tfjs-node-gpu'),
  node: () => importNative('@tensorflow/tfjs-node'),
  async webgpu({ isWanted }) {
    await offerWebgpu({ software: isWanted });
    const tf = await importPackage<Tfjs>('@tensorflow/tfjs', () => import('@tensorflow/tfjs'));
    await importPackage('@tensorflow/tfjs-backend-webgpu');
    return onBackend(tf, 'webgpu');
  },
  async wasm() {
    const tf = await importPackage<Tfjs>('@tensorflow/tfjs', () => import('@tensorflow/tfjs'));
    await importPackage('@tensorflow/tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm'));
    return onBackend(tf, 'wasm');
  },
  async cpu() {
    const tf = await importPackage<Tfjs>('@tensorflow/tfjs', () => import('@tensorflow/tfjs'));
    return onBackend(tf, 'cpu');
  },
};

/** Whether @tensorflow/tfjs-backend-wasm is installed; importing it makes it a backend of tfjs. */
export async function hasWasm(): Promise<boolean> {
  try {
    await import('@tensorflow/tfjs-backend-wasm');
    return true;
  } catch {
    return false;
  }
}

/** These packages are TensorFlow.js with a backend of their own, called `tensorflow`. */
async function importNative(name: string): Promise<Tfjs> {
  const module = await importPackage<Tfjs & { default?: Tfjs }>(name);
  return onBackend(module.default ?? module, 'tensorflow');
}

async function importPackage<T>(name: string, load: () => Promise<unknown> = () => import(name)): Promise<T> {
  try {
    return (await load()) as T;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : `doesn't load (${message.split('\n')[0]})`;
    throw new Error(`${name} ${reason}: npm install ${name}`, { cause });
  }
}

async function onBackend(tf: Tfjs, backend: string): Promise<Tfjs> {
  await tf.ready();
  if (tf.getBackend() !== backend && !(await tf.setBackend(backend))) {
    throw new Error(`the ${backend} backend of TensorFlow.js doesn't start on this machine`);
  }
  await tf.ready();
  return tf;
}
