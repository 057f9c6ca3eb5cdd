// Memory over 500 scored epochs of a real network on a real generator: what a long training run would feel.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { createMonitor } from 'plateau';
import type { BenchRow } from './bench-row.js';

const epochs = 500;
const settled = 50;

export default async function bench(): Promise<BenchRow[]> {
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [8], units: 32 * 32, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [32, 32, 1] }),
    ],
  });
  const out = mkdtempSync(join(tmpdir(), 'plateau-bench-'));
  const monitor = createMonitor({
    tf,
    generator,
    latentDim: 8,
    reference: 'foam:pristine?n=16&seed=1&size=32',
    samples: 8,
    every: 1,
    out,
    collapse: { stopOn: [] },
    print: false,
    progress: false,
  });
  const used: { resident: number; tensors: number }[] = [];
  const begun = performance.now();
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    await monitor.epochEnd(epoch);
    globalThis.gc?.();
    used.push({ resident: process.memoryUsage().rss / 2 ** 20, tensors: tf.memory().numTensors });
  }
  const seconds = (performance.now() - begun) / 1000;
  await monitor.end();
  rmSync(out, { recursive: true });
  const [early, late] = [used[settled - 1], used[epochs - 1]];
  const growth = `resident ${early.resident.toFixed(0)} → ${late.resident.toFixed(0)} MiB, tensors ${early.tensors} → ${late.tensors}`;
  return [{ name: `${epochs} scored epochs; from epoch ${settled} to the last, ${growth}`, seconds }];
}
