import type * as tfjs from '@tensorflow/tfjs';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';

/**
 * The fastest tfjs here that can train: `tfjs-node-gpu` or `tfjs-node` where the user installed them, else WebAssembly
 * with the training kernels.
 */
export async function openTrainingBackend(): Promise<typeof tfjs> {
  for (const native of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
    const tf = await importIfInstalled(native);
    if (tf) return tf;
  }
  const tf = await import('@tensorflow/tfjs');
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  await tf.ready();
  registerTrainingKernels(tf);
  return tf;
}

async function importIfInstalled(name: string): Promise<typeof tfjs | undefined> {
  try {
    const module = (await import(name)) as { default?: typeof tfjs };
    return module.default ?? (module as unknown as typeof tfjs);
  } catch {
    return undefined;
  }
}
