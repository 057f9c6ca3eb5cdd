import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arraySource, type ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { createMonitor } from '../src/monitor/create-monitor.js';
import type { MonitorOptions } from '../src/monitor/monitor-options.js';
import { pixelExtractor } from './fake-extractor.js';
import { temporaryFolder } from './temporary-folder.js';

const side = 4;

/** Images of independent uniform noise. */
function noise(count: number, seed: number): ImageBatch {
  const data = Float32Array.from(new RandomState(seed).randomSample(count * side * side), (u) => 2 * u - 1);
  return { data, count, height: side, width: side, channels: 1, range: [-1, 1] };
}

/** The first image of `noise`, over and over. */
function copies(count: number): ImageBatch {
  const one = noise(1, 9).data;
  const data = Float32Array.from({ length: count * one.length }, (_, index) => one[index % one.length]);
  return { ...noise(1, 9), data, count };
}

function monitorOf(options: Partial<MonitorOptions>) {
  const lines: string[] = [];
  const monitor = createMonitor({
    generate: (count, { epoch }) => noise(count, 100 + epoch),
    reference: arraySource(noise(64, 1), { id: 'noise' }),
    extractor: pixelExtractor(side * side),
    samples: 32,
    progress: false,
    print: (line) => lines.push(line),
    ...options,
  });
  return { monitor, lines };
}

describe('a monitored run', () => {
  it('scores every epoch into the logs and the table', async () => {
    const { monitor, lines } = monitorOf({ metrics: ['fid', 'kid', 'vendi'] });
    const logs: Record<string, number> = { loss: 0.5 };
    const { scores, stop } = await monitor.epochEnd(0, logs);
    expect(Object.keys(logs)).toEqual(['loss', 'fid', 'kid', 'vendi']);
    expect(scores.map(({ metric, n }) => [metric, n.reference, n.generated])).toEqual([
      ['fid', 64, 32],
      ['kid', 64, 32],
      ['vendi', 64, 32],
    ]);
    expect(stop).toBe(false);
    expect(lines).toHaveLength(2);
    expect(lines[0].split(/\s+/).filter(Boolean)).toEqual(['epoch', 'fid', 'kid', 'vendi']);
  });

  it('scores only every few epochs when asked to', async () => {
    const { monitor } = monitorOf({ every: 3, metrics: ['fid'] });
    const scored: boolean[] = [];
    for (let epoch = 0; epoch < 6; epoch += 1) scored.push((await monitor.epochEnd(epoch)).scored);
    expect(scored).toEqual([false, false, true, false, false, true]);
  });

  it('stops a generator that collapses after it was varied, and says why', async () => {
    const { monitor } = monitorOf({
      generate: (count, { epoch }) => (epoch < 5 ? noise(count, 100 + epoch) : copies(count)),
      collapse: { warmup: 2, patience: 2 },
    });
    const stops: boolean[] = [];
    for (let epoch = 0; epoch < 7; epoch += 1) stops.push((await monitor.epochEnd(epoch)).stop);
    expect(stops).toEqual([false, false, false, false, false, false, true]);
    const { outcome } = await monitor.end();
    expect(outcome.kind).toBe('collapse');
    expect(outcome.sentence).toMatch(
      /^Stopped at epoch 6: the generator has failed \(collapse\): the samples lack variety: Vendi score 1 \(the reference's own/,
    );
  });

  it('never stops when told not to', async () => {
    const { monitor } = monitorOf({ generate: copies, collapse: false });
    for (let epoch = 0; epoch < 6; epoch += 1) expect((await monitor.epochEnd(epoch)).stop).toBe(false);
  });

  it('writes a line per scored epoch, the best checkpoint and a report complete in itself', async () => {
    const out = temporaryFolder();
    const saved: string[] = [];
    const { monitor } = monitorOf({
      out,
      checkpoint: { metric: 'fid', save: (directory) => Promise.resolve(void saved.push(directory)) },
    });
    for (let epoch = 0; epoch < 3; epoch += 1) await monitor.epochEnd(epoch, { loss: 1 / (epoch + 1) });
    const { best, report } = await monitor.end();
    const lines = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { event: string; epoch?: number; logs?: object });
    expect(events.map(({ event }) => event)).toEqual(['start', 'epoch', 'epoch', 'epoch', 'end']);
    expect(events[2]).toMatchObject({ epoch: 1, logs: { loss: 0.5 } });
    expect(saved[0]).toBe(join(out, 'checkpoints', 'epoch-0'));
    expect(JSON.parse(readFileSync(join(out, 'checkpoints.json'), 'utf8'))).toEqual([best]);
    expect(existsSync(join(out, 'samples', 'epoch-1.png'))).toBe(true);
    const html = readFileSync(report!, 'utf8');
    expect(html).toContain('<svg');
    expect(html).toContain('data:image/png;base64,');
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('reads the reference once for the whole run', async () => {
    let passes = 0;
    const source = arraySource(noise(64, 1));
    const reference = {
      id: 'counted',
      async *[Symbol.asyncIterator]() {
        passes += 1;
        yield* source;
      },
    };
    const { monitor } = monitorOf({ reference });
    for (let epoch = 0; epoch < 3; epoch += 1) await monitor.epochEnd(epoch);
    expect(passes).toBe(1);
  });

  it('puts an earlier run in the same folder aside, whole', async () => {
    const out = temporaryFolder();
    const save = (directory: string) => Promise.resolve(void mkdirSync(directory, { recursive: true }));
    for (let run = 0; run < 2; run += 1) {
      const { monitor } = monitorOf({ out, checkpoint: { save }, onWarning: () => {} });
      await monitor.epochEnd(run);
      await monitor.end();
    }
    const logged = (folder: string) => readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
    expect(logged(out)).toHaveLength(3);
    expect(readdirSync(join(out, 'checkpoints'))).toEqual(['epoch-1']);
    const [aside] = readdirSync(out).filter((name) => name.startsWith('earlier-'));
    expect(logged(join(out, aside))).toHaveLength(3);
    expect(readdirSync(join(out, aside)).sort()).toEqual([
      'best.json',
      'checkpoints',
      'checkpoints.json',
      'metrics.jsonl',
      'report.html',
      'samples',
    ]);
    expect(readdirSync(join(out, aside, 'checkpoints'))).toEqual(['epoch-0']);
    expect(readdirSync(join(out, 'samples')).sort()).toEqual(['epoch-1.png', 'reference.png']);
  });

  it('leaves an extractor that was given open', async () => {
    const extractor = pixelExtractor(side * side);
    const { monitor } = monitorOf({ extractor });
    await monitor.epochEnd(0);
    await monitor.end();
    expect(extractor.disposed).toBe(false);
  });
});

describe('the extractor', () => {
  it('is opened as its settings say', async () => {
    const { monitor } = monitorOf({
      extractor: { weights: 'random:1', layer: 'stem.conv_1', resize: 'legacy-pytorch', crop: { bottom: 1 } },
    });
    const { scores } = await monitor.epochEnd(0);
    await monitor.end();
    expect(scores[0]!.protocol.preprocessing?.resize).toBe('legacy-pytorch, crop 0 0 1 0');
  });
});

describe('bad input', () => {
  it.each<[Partial<MonitorOptions>, string]>([
    [{ generate: undefined }, 'nothing draws samples: give generate, or generator and latentDim'],
    [{ every: 0 }, 'every is a whole number of at least 1, got 0'],
    [{ samples: 4 }, 'samples is a whole number of at least 8, got 4'],
    [{ samples: 1, collapse: false }, 'samples is a whole number of at least 2, got 1'],
    [{ every: 2, budget: 0.1 }, 'got every and budget'],
    [{ budget: 0 }, 'budget is a share of the training time above 0, got 0'],
    [{ sampleTimeout: 0 }, 'sampleTimeout is a number of seconds above 0, got 0'],
    [{ resume: true }, 'resume needs out'],
    [{ dear: { metrics: ['cmmd'], every: 2 } }, 'dear.metrics has cmmd, which is not scored'],
    [{ collapse: { alpha: 2 } }, 'collapse.alpha lies between 0 and 1, got 2'],
    [{ collapse: { patience: 0 } }, 'collapse.patience is a whole number of at least 1, got 0'],
    [{ earlyStopping: { patience: 0 } }, 'earlyStopping.patience is a whole number of at least 1, got 0'],
    [{ earlyStopping: { metric: 'is' } }, 'earlyStopping.metric is is, which is not scored'],
    [{ earlyStopping: { restoreBest: true } }, 'earlyStopping.restoreBest needs checkpoints'],
    [{ cells: { every: 0 } }, 'cells.every is a whole number of at least 1, got 0'],
    [{ metrics: ['fidd'] }, 'no metric fidd'],
    [{ metricOptions: { kid: { subsetsize: 3 } } }, 'kid has no option subsetsize'],
    [
      { out: '/tmp', checkpoint: { metric: 'is', save: () => Promise.resolve() } },
      'checkpoint.metric is is, which is not scored',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => monitorOf(options)).toThrow(message);
  });

  it('refuses two ways to draw samples', () => {
    const generator = { predict: () => undefined as never };
    expect(() => monitorOf({ generator, latentDim: 2 })).toThrow('got generate and generator; give one of them');
  });

  it('refuses a reference that is too small to be halved', async () => {
    const { monitor } = monitorOf({ reference: arraySource(noise(5, 1), { id: 'five' }) });
    await expect(monitor.prepare()).rejects.toThrow('the reference five holds 5 images, expected at least 8');
  });

  it('refuses, before the first epoch, a metric that needs more images', async () => {
    const { monitor } = monitorOf({ metricOptions: { precision: { k: 64 } } });
    await expect(monitor.prepare()).rejects.toThrow('precision: k = 64 needs more than 64 reference samples, got 64');
  });

  it('does without the floor of a metric that the halves are too small for', async () => {
    const { monitor } = monitorOf({ reference: arraySource(noise(9, 1)), samples: 9 });
    const { scores } = await monitor.epochEnd(0);
    expect(scores.map(({ metric }) => metric)).toContain('density'); // k = 5 of 9 images, but not of 4
  });

  it('refuses a wrong number of samples', async () => {
    const { monitor } = monitorOf({ generate: () => noise(7, 1) });
    await expect(monitor.epochEnd(0)).rejects.toThrow(
      'the generator returned 7 images, expected the 32 it was asked for',
    );
  });

  it('refuses a second scoring before the first has ended', async () => {
    const { monitor } = monitorOf({});
    const first = monitor.epochEnd(0);
    await expect(monitor.epochEnd(1)).rejects.toThrow('await monitor.epochEnd(…)');
    await first;
  });

  it('names the output folder that can’t be written', async () => {
    const { monitor } = monitorOf({ out: join(import.meta.filename, 'run') });
    await expect(monitor.prepare()).rejects.toThrow(/can't write in .*monitor\.test\.ts\/run \(ENOTDIR\)/);
    expect(existsSync(join(import.meta.filename, 'run'))).toBe(false);
  });
});
