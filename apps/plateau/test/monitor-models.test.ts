import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arraySource } from '@plateau/images';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { createMonitor, loadLayersModel, type MonitorOptions } from '../src/index.js';
import { pixelExtractor } from './fake-extractor.js';
import { noise, noisePixels } from './noise-images.js';
import { temporaryFolder } from './temporary-folder.js';

function decoder(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: noisePixels, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [4, 4, 1] }),
    ],
  });
}

function fill(model: tf.LayersModel, value: number): void {
  model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, value)));
}

function firstWeight(model: tf.LayersModel): number {
  return model.getWeights()[0].dataSync()[0];
}

function monitorOf(out: string, options: Partial<MonitorOptions>) {
  return createMonitor({
    tf,
    latentDim: 3,
    reference: arraySource(noise(32, 1), { id: 'noise' }),
    extractor: pixelExtractor(noisePixels),
    metrics: ['kid'],
    collapse: false,
    out,
    every: 1,
    progress: false,
    print: false,
    ...options,
  });
}

describe('a monitor of tfjs models', () => {
  it('loads the best weights back when a run that no longer gets better ends', async () => {
    const generator = decoder();
    const earlyStopping = { patience: 2, restoreBest: true };
    const monitor = monitorOf(temporaryFolder(), { generator, earlyStopping });
    const best = firstWeight(generator);
    const stops: boolean[] = [];
    for (let epoch = 0; epoch < 4; epoch += 1) {
      stops.push((await monitor.epochEnd(epoch)).stop);
      fill(generator, 5 + epoch); // every image is white from now on
    }
    const { outcome, best: kept } = await monitor.end();
    expect(stops).toEqual([false, false, true, true]);
    expect(outcome.kind).toBe('early-stop');
    expect(kept?.epoch).toBe(0);
    expect(firstWeight(generator)).toBe(best);
  });

  it('scores and saves the averaged weights where the trainer keeps them', async () => {
    const [generator, averaged, out] = [decoder(), decoder(), temporaryFolder()];
    fill(generator, NaN);
    const monitor = monitorOf(out, { generator, averaged });
    await monitor.epochEnd(0);
    await monitor.end();
    const saved = await loadLayersModel(tf, join(out, 'checkpoints', 'epoch-0'));
    expect(firstWeight(saved)).toBe(firstWeight(averaged));
  });

  it('scores dear metrics only now and then, and gives what decides a standard error', async () => {
    const out = temporaryFolder();
    const monitor = monitorOf(out, {
      generator: decoder(),
      metrics: ['fid', 'recall'],
      dear: { metrics: ['fid'], every: 2 },
      checkpoint: { metric: 'recall', keep: 5 },
    });
    const scored: string[][] = [];
    for (let epoch = 0; epoch < 3; epoch += 1) {
      scored.push((await monitor.epochEnd(epoch)).scores.map(({ metric }) => metric));
    }
    await monitor.end();
    expect(scored).toEqual([['fid', 'recall'], ['recall'], ['fid', 'recall']]);
    const [first] = JSON.parse(readFileSync(join(out, 'checkpoints.json'), 'utf8')) as { standardError: number }[];
    expect(first.standardError).toBeGreaterThanOrEqual(0);
  });

  it('measures the cells of the samples beside those of the reference', async () => {
    const out = temporaryFolder();
    const monitor = createMonitor({
      generate: (count) => ({ ...noise(1, 3), data: bubbles(count), count, height: 32, width: 32 }),
      reference: 'foam:pristine?n=8&seed=2&size=32',
      extractor: pixelExtractor(32 * 32),
      metrics: ['kid'],
      samples: 8,
      collapse: false,
      cells: { every: 2, images: 4 },
      out,
      every: 1,
      progress: false,
      print: false,
    });
    for (let epoch = 0; epoch < 2; epoch += 1) await monitor.epochEnd(epoch);
    await monitor.end();
    const lines = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
    const cells = lines.map((line) => (JSON.parse(line) as { cells?: Record<string, number> }).cells);
    expect(cells[1]!.physicalDistance).toBeGreaterThan(0);
    expect(cells[1]!.porosity).toBeGreaterThan(0);
    expect(cells[2]).toBeUndefined();
    expect(
      readFileSync(join(out, 'cells', 'epoch-0.png'))
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });
});

/** Bright discs on dark, eight pixels apart. */
function bubbles(count: number): Float32Array {
  return Float32Array.from({ length: count * 32 * 32 }, (_, at) => {
    const [x, y] = [at % 32, Math.floor(at / 32) % 32];
    return Math.hypot((x % 8) - 3.5, (y % 8) - 3.5) < 3 ? 0.8 : -0.8;
  });
}
