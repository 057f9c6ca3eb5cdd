import type * as tfjs from '@tensorflow/tfjs';
import { createCallback } from '../callback.js';
import type { Monitor } from '../monitor/monitor.js';
import type { Progress } from '../progress.js';
import { createDcgan } from '../trainers/dcgan.js';
import type { Trainer } from '../trainers/trainer.js';
import { createVae } from '../trainers/vae.js';

/** What a demo model trains with. */
export interface DemoTraining {
  readonly images: tfjs.Tensor4D;
  readonly epochs: number;
  readonly monitor: Monitor;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A generator that the demo can train, and how long it takes to learn something. */
export interface DemoModel {
  readonly trainer: Trainer;
  readonly epochs: number;
  train(training: DemoTraining): Promise<void>;
}

/** How a demo model is made. */
export interface DemoModelOptions {
  readonly size: number;
  readonly seed: number;
  /** Makes the GAN collapse half-way. */
  readonly collapse: boolean;
}

/** The models of `plateau demo`: the GAN trains in a hand-written loop, the VAE through `model.fit`. */
export const demoModels: Record<'gan' | 'vae', (tf: typeof tfjs, options: DemoModelOptions) => DemoModel> = {
  gan: demoGan,
  vae: demoVae,
};

function demoGan(tf: typeof tfjs, { size, seed, collapse }: DemoModelOptions): DemoModel {
  const stepsPerEpoch = 80;
  const trainer = createDcgan(tf, { size, seed, stepsPerEpoch, ...(collapse ? { collapseAfterEpochs: 4 } : {}) });
  return {
    trainer,
    epochs: 10,
    async train({ images, epochs, monitor, progress, signal }) {
      for (let epoch = 0; epoch < epochs; epoch += 1) {
        progress.start(`training epoch ${epoch}`, stepsPerEpoch);
        const logs = await trainer.epoch(images, { onBatchEnd: () => pause(progress, signal) });
        progress.stop();
        const { stop } = await monitor.epochEnd(epoch, { ...logs });
        if (stop) return;
      }
    },
  };
}

function demoVae(tf: typeof tfjs, { size, seed }: DemoModelOptions): DemoModel {
  const trainer = createVae(tf, { size, seed });
  return {
    trainer,
    epochs: 15,
    async train({ images, epochs, monitor, progress, signal }) {
      const batches = Math.ceil(images.shape[0] / 16);
      const watch = new tf.CustomCallback({
        onEpochBegin: (epoch) => Promise.resolve(progress.start(`training epoch ${epoch}`, batches)),
        onBatchEnd: () => pause(progress, signal),
        onEpochEnd: () => Promise.resolve(progress.stop()),
      });
      await trainer.fit(images, { epochs, callbacks: [watch, createCallback(tf, monitor)] });
    },
  };
}

/** Shows the step and lets the event loop turn, so that Ctrl-C is heard. */
async function pause(progress: Progress, signal: AbortSignal): Promise<void> {
  progress.advance(1);
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
