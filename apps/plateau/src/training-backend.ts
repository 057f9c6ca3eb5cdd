import { importTfjs, type BackendName, type Tfjs } from '@plateau/features';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';

/**
 * A TensorFlow.js that can train.
 * @param wanted default: `tfjs-node-gpu` or `tfjs-node` where the user installed them, else WebAssembly with the training
 *   kernels; `webgpu` and `cpu` only when they are asked for
 * @throws Error that says what to install when what was asked for isn't there
 */
export async function openTrainingBackend(wanted?: BackendName): Promise<Tfjs> {
  const { tf, backend } = await (wanted === undefined ? importFastest() : importTfjs(wanted));
  if (backend === 'wasm') registerTrainingKernels(tf);
  return tf;
}

async function importFastest(): ReturnType<typeof importTfjs> {
  for (const native of ['node-gpu', 'node'] as const) {
    const imported = await importTfjs(native).catch(() => undefined);
    if (imported) return imported;
  }
  return importTfjs('wasm');
}
