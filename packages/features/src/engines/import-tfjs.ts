import type { Tfjs } from '../tfjs/to-layers-model.js';

/**
 * Imports @tensorflow/tfjs and, unless a faster backend is already chosen, switches from its slow `cpu` backend to
 * WebAssembly where @tensorflow/tfjs-backend-wasm is installed.
 * @throws Error when @tensorflow/tfjs isn't installed
 */
export async function importTfjs(): Promise<Tfjs> {
  let tf: Tfjs;
  try {
    tf = await import('@tensorflow/tfjs');
  } catch (cause) {
    throw new Error('@tensorflow/tfjs is not installed: npm install onnxruntime-node (faster) or @tensorflow/tfjs', {
      cause,
    });
  }
  await tf.ready();
  if (tf.getBackend() === 'cpu') await useWasm(tf);
  return tf;
}

async function useWasm(tf: Tfjs): Promise<void> {
  if (await hasWasm()) await tf.setBackend('wasm');
}

/** Whether @tensorflow/tfjs-backend-wasm is installed; importing it makes it a backend of tfjs. */
export async function hasWasm(): Promise<boolean> {
  try {
    await import('@tensorflow/tfjs-backend-wasm');
    return true;
  } catch {
    return false;
  }
}
