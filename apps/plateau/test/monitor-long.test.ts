import { arraySource } from '@plateau/images';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { createMonitor } from '../src/monitor/create-monitor.js';
import { pixelExtractor } from './fake-extractor.js';
import { noise, noisePixels } from './noise-images.js';
import { temporaryFolder } from './temporary-folder.js';

// The full measure, with a real network, is tools/bench/monitor.ts.
it('keeps 500 scored epochs with as many tensors and bounded memory', async () => {
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: noisePixels, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [4, 4, 1] }),
    ],
  });
  const monitor = createMonitor({
    tf,
    generator,
    latentDim: 3,
    reference: arraySource(noise(16, 1), { id: 'noise' }),
    extractor: pixelExtractor(noisePixels),
    samples: 8,
    metrics: ['kid'],
    out: temporaryFolder(),
    every: 1,
    checkpoint: false,
    progress: false,
    print: false,
  });
  await monitor.epochEnd(0);
  const { numTensors } = tf.memory();
  let early = 0;
  for (let epoch = 1; epoch <= 500; epoch += 1) {
    await monitor.epochEnd(epoch);
    if (epoch === 100) early = process.memoryUsage().arrayBuffers;
  }
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(process.memoryUsage().arrayBuffers - early).toBeLessThan(64 * 2 ** 20);
  await monitor.end();
}, 60_000);
