export { registerTrainingKernels, type RegisteredKernels } from './register-training-kernels.js';
export type { TfjsCore } from './tfjs-core.js';
