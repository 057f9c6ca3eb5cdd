import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consoleSink, csvSink, mlflowSink, wandbSink } from '../src/sinks/index.js';
import { csvLine } from '../src/sinks/csv-line.js';
import { epochOf, materialOf, samples, scoreOf, startOf } from './run-lines.js';
import { temporaryFolder } from './temporary-folder.js';

const end = { time: '2026-01-02T04:00:00Z', outcome: { kind: 'finished' as const, sentence: 'Finished.' } };

describe('consoleSink', () => {
  it('prints losses and scores by name, warnings and the outcome', async () => {
    const lines: string[] = [];
    const sink = consoleSink({ print: (line) => lines.push(line) });
    await sink.start!(startOf(), materialOf());
    await sink.epoch!(epochOf(0, { suspicion: 'vendi is low' }), samples);
    await sink.note!({ event: 'skipped', time: '', epoch: 1, reason: 'it took too long' });
    await sink.end!(end);
    expect(lines).toEqual([
      'A run: 40 reference images (foam)',
      'epoch 0 loss=1 kid=0.5 vendi=3 best suspicious: vendi is low',
      'epoch 1 was not scored: it took too long',
      'Finished.',
    ]);
  });
});

describe('csvSink', () => {
  it('writes a head and a row an epoch, with standard errors', async () => {
    const out = temporaryFolder();
    const sink = csvSink();
    await sink.start!(startOf(), materialOf(out));
    for (const epoch of [0, 1]) await sink.epoch!(epochOf(epoch), samples);
    expect(readFileSync(join(out, 'metrics.csv'), 'utf8')).toBe(
      'epoch,time,loss,kid,vendi,kid standard error,scoring seconds\n' +
        '0,2026-01-02T03:05:00.000Z,1,0.5,3,0.01,1.5\n' +
        '1,2026-01-02T03:05:01.000Z,0.5,0.25,4,0.01,1.5\n',
    );
  });

  it('goes on in the file of a resumed run, and begins anew otherwise', async () => {
    const file = join(temporaryFolder(), 'table.csv');
    const rows = () =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(',')[0]);
    for (const resumedFrom of [undefined, 1]) {
      const sink = csvSink({ file });
      await sink.start!(startOf({ resumedFrom }), materialOf());
      await sink.epoch!(epochOf(resumedFrom ?? 0), samples);
      if (resumedFrom === undefined) appendFileSync(file, '7,2026-01-0'); // torn by a kill
    }
    expect(rows()).toEqual(['epoch', '0', '1']);
    await csvSink({ file }).start!(startOf(), materialOf());
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('writes the row of an epoch that has more columns, and says what was left out', async () => {
    const file = join(temporaryFolder(), 'table.csv');
    const sink = csvSink({ file });
    await sink.start!(startOf(), materialOf());
    await sink.epoch!(epochOf(0), samples);
    expect(() => sink.epoch!(epochOf(1, { cells: { porosity: 0.9 } }), samples)).toThrow(
      'has no column for cells/porosity; they are left out',
    );
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('says what it needs where nothing is written', () => {
    expect(() => csvSink().start!(startOf(), materialOf())).toThrow('give csvSink({ file }) or createMonitor({ out })');
  });

  it('quotes as RFC 4180 has it, and disarms formulas', () => {
    expect(csvLine(['a,b', 'say "x"', '=1+1', -1])).toBe('"a,b","say ""x""",\'=1+1,-1\n');
  });
});

describe('wandbSink and mlflowSink', () => {
  it('log finite numbers only', async () => {
    const logged: object[] = [];
    const sink = wandbSink({ log: (values) => void logged.push(values) });
    await sink.epoch!(epochOf(2, { scores: [scoreOf('kid', NaN), scoreOf('vendi', 3, 0.5)] }), samples);
    await sink.end!({ ...end, best: { epoch: 2, directory: 'x', metric: 'kid', value: 0.1 } });
    expect(logged).toEqual([
      { epoch: 2, loss: 1 / 3, vendi: 3, 'vendi/standard error': 0.5 },
      { 'plateau/outcome': 'Finished.', 'plateau/best epoch': 2, 'plateau/best kid': 0.1 },
    ]);
  });

  it('gives MLflow names that it takes, and the epoch as step', async () => {
    const logged: unknown[] = [];
    const tags: string[] = [];
    const sink = mlflowSink({
      logMetric: (...metric) => void logged.push(metric),
      setTag: (name) => void tags.push(name),
    });
    await sink.start!(startOf(), materialOf());
    await sink.epoch!(epochOf(3, { logs: { 'loss (G)': 2 }, scores: [] }), samples);
    await sink.end!(end);
    expect(logged).toEqual([['loss _G_', 2, 3]]);
    expect(tags).toEqual(['plateau.title', 'plateau.reference', 'plateau.outcome']);
  });

  it('reject when the tracker does, so that the monitor can warn', async () => {
    const sink = wandbSink({ log: () => Promise.reject(new Error('offline')) });
    await expect(sink.epoch!(epochOf(0), samples)).rejects.toThrow('offline');
  });

  it('refuse what is no run', () => {
    expect(() => wandbSink({} as never)).toThrow('wandbSink got no run: expected an object with log');
    expect(() => mlflowSink(undefined as never)).toThrow('mlflowSink got no run');
    expect(existsSync('wandb')).toBe(false);
  });
});
