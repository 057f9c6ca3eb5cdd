export type { AdversarialEpochOptions, AdversarialOptions, AdversarialTrainer } from './adversarial-trainer.js';
export * from './augment-images.js';
export * from './dcgan.js';
export * from './gradient-penalty.js';
export * from './leaky-relu-layer.js';
export type { NetworkOptions } from './network-options.js';
export type { Tf, Trainer } from './trainer.js';
export * from './vae.js';
export * from './wgan-gp.js';
