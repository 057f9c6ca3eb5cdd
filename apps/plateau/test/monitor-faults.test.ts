import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { arraySource, sliceBatch, writePng } from '@plateau/images';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMonitor } from '../src/monitor/create-monitor.js';
import type { MonitorOptions } from '../src/monitor/monitor-options.js';
import type { MonitorSink, RunLine } from '../src/monitor/run-event.js';
import { pixelExtractor } from './fake-extractor.js';
import { noise, noisePixels } from './noise-images.js';
import { temporaryFolder } from './temporary-folder.js';

function monitorOf(options: Partial<MonitorOptions>) {
  const warnings: string[] = [];
  const monitor = createMonitor({
    generate: (count, { epoch }) => noise(count, 100 + epoch),
    reference: arraySource(noise(64, 1), { id: 'noise' }),
    extractor: pixelExtractor(noisePixels),
    samples: 32,
    metrics: ['fid', 'kid'],
    progress: false,
    print: false,
    onWarning: (message) => warnings.push(message),
    ...options,
  });
  return { monitor, warnings };
}

function linesOf(folder: string): RunLine[] {
  const text = readFileSync(join(folder, 'metrics.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunLine);
}

afterEach(() => vi.restoreAllMocks());

describe('a generator that fails', () => {
  it('costs one scoring when it throws later than at first', async () => {
    const out = temporaryFolder();
    const generate: MonitorOptions['generate'] = (count, { epoch }) => {
      if (epoch === 1) throw new Error('out of memory');
      return noise(count, epoch);
    };
    const { monitor, warnings } = monitorOf({ out, generate });
    const scored: boolean[] = [];
    for (let epoch = 0; epoch < 3; epoch += 1) scored.push((await monitor.epochEnd(epoch)).scored);
    expect(scored).toEqual([true, false, true]);
    expect(warnings).toEqual(['epoch 1 was not scored: out of memory']);
    expect(linesOf(out).map(({ event }) => event)).toEqual(['start', 'epoch', 'skipped', 'epoch']);
    await monitor.end();
  });

  it('is an error when it throws in the first scoring', async () => {
    const { monitor } = monitorOf({ generate: () => Promise.reject(new Error('no weights')) });
    await expect(monitor.epochEnd(0)).rejects.toThrow('no weights');
  });

  it('is given up when it hangs, and not asked again before it returns', async () => {
    let finish = () => {};
    let asked = 0;
    const generate: MonitorOptions['generate'] = (count, { epoch }) => {
      asked += 1;
      if (epoch !== 0) return noise(count, epoch);
      return new Promise((resolve) => (finish = () => resolve(noise(count, 1))));
    };
    const { monitor, warnings } = monitorOf({ generate, sampleTimeout: 0.05 });
    expect((await monitor.epochEnd(0)).scored).toBe(false);
    // The hanging call may hold the generator: a second one beside it could do harm.
    expect((await monitor.epochEnd(1)).scored).toBe(false);
    expect(asked).toBe(1);
    finish();
    expect((await monitor.epochEnd(2)).scored).toBe(true);
    expect(warnings).toEqual([
      'epoch 0 was not scored: drawing samples took longer than 0.05 s',
      'epoch 1 was not scored: the generator has still not returned the samples of an earlier epoch',
    ]);
  });

  it('is called diverged when its features become NaN', async () => {
    const extractor = pixelExtractor(noisePixels);
    let broken = false;
    const { monitor } = monitorOf({
      extractor: {
        ...extractor,
        extract: async (batch) => {
          const features = await extractor.extract(batch);
          if (broken) features.data.fill(NaN);
          return features;
        },
      },
    });
    await monitor.epochEnd(0);
    broken = true;
    const { stop, reason } = await monitor.epochEnd(1);
    expect(stop).toBe(true);
    expect(reason).toBe(
      'Stopped at epoch 1: training has diverged (divergence): samples or their features are NaN or infinite.',
    );
  });
});

describe('a run’s folder', () => {
  it('is for one monitor', async () => {
    const out = temporaryFolder();
    const first = monitorOf({ out }).monitor;
    await first.prepare();
    await expect(monitorOf({ out }).monitor.prepare()).rejects.toThrow('another monitor of this program writes into');
    await first.end();
    await monitorOf({ out }).monitor.prepare();
  });

  it('may be lost during the run: training goes on', async () => {
    const out = join(temporaryFolder(), 'run');
    const { monitor, warnings } = monitorOf({ out });
    await monitor.epochEnd(0);
    rmSync(out, { recursive: true });
    expect((await monitor.epochEnd(1)).scored).toBe(true);
    const { outcome } = await monitor.end();
    expect(outcome.kind).toBe('finished');
    expect(warnings.filter((warning) => !warning.startsWith("can't write"))).toEqual([
      expect.stringContaining('the report was not made'),
    ]);
  });

  it('may be full when a checkpoint is saved: the run keeps the one it has', async () => {
    let full = false;
    const save = (directory: string) => {
      if (full) return Promise.reject(new Error('ENOSPC: no space left on device'));
      mkdirSync(directory, { recursive: true });
      return Promise.resolve();
    };
    const out = temporaryFolder();
    const generate: MonitorOptions['generate'] = (count, { epoch }) => noise(count, 100 - epoch);
    const { monitor, warnings } = monitorOf({ out, generate, checkpoint: { metric: 'fid', keep: 9, save } });
    await monitor.epochEnd(0);
    full = true;
    expect((await monitor.epochEnd(1)).scored).toBe(true);
    expect(warnings).toEqual(['the checkpoint of epoch 1 was not saved: ENOSPC: no space left on device']);
    expect((await monitor.end()).best?.epoch).toBe(0);
  });
});

describe('a reference folder', () => {
  async function folderOfImages(): Promise<string> {
    const folder = temporaryFolder();
    const images = noise(16, 1);
    for (let i = 0; i < 16; i += 1) await writePng(join(folder, `${i}.png`), sliceBatch(images, i, i + 1));
    return folder;
  }

  it('is an error when it is gone before the run begins', async () => {
    const gone = join(temporaryFolder(), 'gone');
    await expect(monitorOf({ reference: gone }).monitor.prepare()).rejects.toThrow(gone);
  });

  it('is not missed once the run has begun', async () => {
    const reference = await folderOfImages();
    const { monitor } = monitorOf({ reference });
    await monitor.epochEnd(0);
    rmSync(reference, { recursive: true });
    expect((await monitor.epochEnd(1)).scored).toBe(true);
    await monitor.end();
    expect((await monitor.epochEnd(2)).scored).toBe(true);
  });
});

describe('sinks', () => {
  it('are told of everything, and fail without harm', async () => {
    const told: string[] = [];
    const sink: MonitorSink = {
      name: 'list',
      start: ({ samples }, { sheet }) => void told.push(`start ${samples} ${sheet.length > 0}`),
      epoch: ({ epoch, sheet }, { features }) => void told.push(`epoch ${epoch} ${features.rows} ${sheet}`),
      note: ({ event }) => void told.push(event),
      end: ({ outcome }) => void told.push(outcome.kind),
    };
    const broken: MonitorSink = { name: 'broken', epoch: () => Promise.reject(new Error('offline')) };
    const { monitor, warnings } = monitorOf({ out: temporaryFolder(), sinks: [broken, sink] });
    for (let epoch = 0; epoch < 2; epoch += 1) await monitor.epochEnd(epoch);
    await monitor.end();
    expect(told).toEqual([
      'start 32 true',
      'epoch 0 32 samples/epoch-0.png',
      'warning',
      'epoch 1 32 samples/epoch-1.png',
      'finished',
    ]);
    expect(warnings).toEqual(['the broken sink failed: offline (training goes on; this is said once)']);
  });
});

describe('a resumed run', () => {
  it('decides as the whole run would have', async () => {
    const [whole, resumed] = [temporaryFolder(), temporaryFolder()];
    const options = { earlyStopping: { metric: 'fid', patience: 4 }, checkpoint: false } as const;
    const generate: MonitorOptions['generate'] = (count, { epoch }) => noise(count, Math.min(epoch, 1));
    const first = monitorOf({ ...options, out: whole, generate }).monitor;
    const stops: boolean[] = [];
    for (let epoch = 0; epoch < 6; epoch += 1) {
      stops.push((await first.epochEnd(epoch)).stop);
      if (epoch === 3) cpSync(whole, resumed, { recursive: true });
    }
    await first.end();
    rmSync(join(resumed, 'run.lock'));
    const second = monitorOf({ ...options, out: resumed, generate, resume: true }).monitor;
    // Training went back to epoch 3: what the log has of it is replaced.
    const again: boolean[] = [];
    for (let epoch = 3; epoch < 6; epoch += 1) again.push((await second.epochEnd(epoch)).stop);
    await second.end();
    expect(again).toEqual(stops.slice(3));
    expect(linesOf(resumed).filter(({ event }) => event === 'start')[1]).toMatchObject({ resumedFrom: 3 });
  });
});

describe('scoring in the background', () => {
  it('reports later, and skips what it has no time for', async () => {
    const out = temporaryFolder();
    const extractor = pixelExtractor(noisePixels);
    const slow = {
      ...extractor,
      extract: async (batch: Parameters<typeof extractor.extract>[0]) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return extractor.extract(batch);
      },
    };
    const { monitor, warnings } = monitorOf({ out, extractor: slow, background: true, every: 1 });
    for (let epoch = 0; epoch < 4; epoch += 1) expect((await monitor.epochEnd(epoch)).scored).toBe(false);
    await monitor.end();
    expect(linesOf(out).map(({ event }) => event)).toEqual(['start', 'epoch', 'skipped', 'skipped', 'epoch', 'end']);
    expect(warnings[0]).toBe('epoch 2 was not scored: an earlier epoch is still being scored');
  });
});

it('takes no harm from a clock that jumps', async () => {
  const out = temporaryFolder();
  const { monitor } = monitorOf({ out, budget: 0.5 });
  await monitor.epochEnd(0);
  vi.spyOn(Date, 'now').mockReturnValue(0);
  for (let epoch = 1; epoch < 4; epoch += 1) await monitor.epochEnd(epoch);
  await monitor.end();
  for (const line of linesOf(out)) if (line.event === 'epoch') expect(line.seconds).toBeGreaterThan(0);
});
