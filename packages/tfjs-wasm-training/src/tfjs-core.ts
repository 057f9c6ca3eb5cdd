import type * as core from '@tensorflow/tfjs-core';

/**
 * The part of tfjs-core that this package calls. Both `import * as tf from '@tensorflow/tfjs'` and
 * `import * as tf from '@tensorflow/tfjs-core'` satisfy it; it is injected so that the kernels land in the registry of
 * the user's own copy.
 */
export type TfjsCore = Pick<
  typeof core,
  'backend_util' | 'getKernel' | 'getKernelsForBackend' | 'registerKernel' | 'unregisterKernel' | 'util'
>;
