import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { matrix, RandomState, writeNpy } from '@plateau/numerics';
import type { Diagnosis } from '@plateau/small-sample';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { diagnoseCommand } from '../src/commands/diagnose.js';
import { temporaryFolder } from './temporary-folder.js';

let folder: string;

function npy(name: string, rows: number, seed: number, cols = 6): string {
  const path = join(folder, name);
  writeFileSync(path, writeNpy(matrix(new RandomState(seed).randn(rows, cols), rows, cols)));
  return path;
}

/** Runs the command in this process and returns what it printed on stdout. */
async function run(...words: string[]): Promise<string> {
  let printed = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const command = diagnoseCommand().exitOverride();
    await command.parseAsync(['--trials', '2', '--draws', '50', ...words], { from: 'user' });
    return printed;
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

beforeEach(() => {
  folder = temporaryFolder();
});

describe('plateau diagnose', () => {
  it('prints one JSON object and writes JSON, a page and plots', async () => {
    const out = join(folder, 'out');
    const sets = ['--reference', npy('x.npy', 60, 1), '--generated', npy('y.npy', 40, 2)];
    const diagnosis = JSON.parse(await run(...sets, '--json', '--out', out)) as Diagnosis;
    expect(diagnosis.n).toEqual({ reference: 60, generated: 40 });
    expect(diagnosis.metrics.map(({ metric }) => metric)).toContain('fid-calibrated');
    expect(JSON.parse(readFileSync(join(out, 'diagnosis.json'), 'utf8'))).toEqual(diagnosis);
    const page = readFileSync(join(out, 'diagnosis.html'), 'utf8');
    expect(page).toContain('<h2>What can be trusted</h2>');
    expect(page).toContain('<svg');
    for (const name of ['fid-versus-n', 'fid-infinity', 'beside-floor']) {
      expect(existsSync(join(out, `${name}.svg`))).toBe(true);
      expect(existsSync(join(out, `${name}.vl.json`))).toBe(true);
    }
  });

  it('describes a reference alone, at the sizes that are asked for', async () => {
    const text = await run('--reference', npy('x.npy', 60, 1), '--sizes', '10,30');
    expect(text).toMatch(/^n {3}trial 1/m);
    expect(text).toMatch(/^30 {2}/m);
    expect(text).not.toMatch(/KID test/);
  });

  it('says how many images are needed', async () => {
    const few = npy('x.npy', 12, 1);
    await expect(run('--reference', few)).rejects.toThrow(/12 samples, at least 20 are needed/);
    const enough = npy('y.npy', 60, 1);
    await expect(run('--reference', enough, '--sizes', '50')).rejects.toThrow(/need 100 images and there are 60/);
  });

  it('puts further metrics beside their floor, draws images of a specimen together and carries IS', async () => {
    const sets = ['--reference', npy('x.npy', 60, 1), '--generated', npy('y.npy', 40, 2)];
    const groups = join(folder, 'groups.csv');
    const lines = Array.from({ length: 60 }, (_, row) => `${row},specimen ${row % 12}`);
    writeFileSync(groups, ['image,specimen', ...lines].join('\n'));
    const more = [
      '--groups',
      groups,
      '--metrics',
      'spread',
      '--logits',
      npy('logits.npy', 40, 3),
      '--method',
      'jackknife',
    ];
    const { metrics, verdict } = JSON.parse(await run(...sets, ...more, '--json')) as Diagnosis;
    const spread = metrics.find(({ metric }) => metric === 'spread')!;
    expect(spread.floor!.values).toHaveLength(2);
    expect(spread.ceiling).toBeGreaterThan(0);
    expect(metrics.map(({ metric }) => metric)).toContain('is-infinity');
    expect(verdict).toMatch(/calibrated Fréchet distance .* where FID is/);
  });

  it('holds two generators against one reference', async () => {
    const out = join(folder, 'out');
    const sets = ['--reference', npy('x.npy', 60, 1), '--generated', npy('y.npy', 40, 2)];
    const against = ['--against', npy('z.npy', 45, 3)];
    const text = await run(...sets, ...against, '--out', out);
    expect(text).toMatch(/No metric tells the two generated sets apart \(6 tested, Holm, 5 %\), on 40 images each/);
    expect(text).toMatch(/^metric +generated +against +difference +interval +p +p \(Holm\)$/m);
    expect(readFileSync(join(out, 'diagnosis.html'), 'utf8')).toContain('Two generated sets on one reference');
    const { comparison } = JSON.parse(readFileSync(join(out, 'diagnosis.json'), 'utf8')) as Diagnosis;
    const { difference, first, second, interval, adjustedPValue } = comparison!.metrics[0];
    expect(difference).toBeCloseTo(first - second, 12);
    expect(interval[0]).toBeLessThan(difference);
    expect(adjustedPValue).toBeGreaterThan(0.05);
  });

  it('refuses options that mean nothing alone', async () => {
    const reference = ['--reference', npy('x.npy', 60, 1)];
    await expect(run(...reference, '--against', npy('z.npy', 40, 3))).rejects.toThrow(
      /--against needs --generated too/,
    );
    await expect(run(...reference, '--generated-groups', 'g.csv')).rejects.toThrow(
      /--generated-groups needs --generated/,
    );
  });

  it('names images without a specimen and a specimen of both sets', async () => {
    const sets = ['--reference', npy('x.npy', 30, 1), '--generated', npy('y.npy', 30, 2)];
    const groups = join(folder, 'groups.csv');
    const write = (rows: number) =>
      writeFileSync(groups, Array.from({ length: rows }, (_, row) => `${row},s${row % 5}`).join('\n'));
    write(28);
    await expect(run(...sets, '--groups', groups)).rejects.toThrow(/no specimen for 2 of 30 images: 28, 29/);
    write(30);
    await expect(run(...sets, '--groups', groups, '--generated-groups', groups)).rejects.toThrow(/are in both sets/);
    writeFileSync(groups, 'a b c');
    await expect(run(...sets, '--groups', groups)).rejects.toThrow(/line 1: expected image,specimen, got a b c/);
    await expect(run(...sets, '--groups', join(folder, 'none.csv'))).rejects.toThrow(/none.csv \(ENOENT\)/);
    await expect(run(...sets, '--metrics', 'fidd')).rejects.toThrow(/no metric fidd/);
  });

  it('refuses sets of different widths', async () => {
    const sets = ['--reference', npy('x.npy', 60, 1), '--generated', npy('y.npy', 40, 2, 5)];
    await expect(run(...sets)).rejects.toThrow(/same layer of the same extractor/);
  });
});
