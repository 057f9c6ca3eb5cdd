import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '@plateau/images';
import { matrix, RandomState, writeNpy } from '@plateau/numerics';
import { scoreFeatures, type Score } from '@plateau/scorecard';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';
import { temporaryFolder } from './temporary-folder.js';

let folder: string;

function gaussian(rows: number, cols: number, seed: number) {
  return matrix(new RandomState(seed).randn(rows, cols), rows, cols);
}

function npy(name: string, features = gaussian(30, 6, 1)): string {
  const path = join(folder, name);
  writeFileSync(path, writeNpy(features));
  return path;
}

function png(name: string, width = 8): string {
  const path = join(folder, name);
  const data = new Uint8Array(width * 8).fill(100);
  writeFileSync(path, encodePng({ data, count: 1, height: 8, width, channels: 1, range: [0, 255] }));
  return path;
}

beforeEach(() => {
  folder = temporaryFolder();
});

describe('plateau score', () => {
  it('prints one JSON object with what the scorecard computes', async () => {
    const [x, y] = [gaussian(30, 6, 1), gaussian(20, 6, 2)];
    const words = ['--reference', npy('x.npy', x), '--generated', npy('y.npy', y), '--metrics', 'fid,kid', '--json'];
    const { code, stdout, stderr } = await runCommand(
      'score',
      ...words,
      '--options',
      '{"kid":{"subsets":3}}',
      '--seed',
      '4',
    );
    expect([code, stderr]).toEqual([0, '']);
    const { scores } = JSON.parse(stdout) as { scores: Score[] };
    expect(scores).toEqual(
      JSON.parse(
        JSON.stringify(scoreFeatures(x, y, { metrics: ['fid', 'kid'], options: { kid: { subsets: 3 } }, seed: 4 })),
      ),
    );
  });

  it('writes scores.json and a report when asked to', async () => {
    const out = join(folder, 'deep', 'out');
    const { code } = await runCommand('score', '--reference', npy('x.npy'), '--generated', npy('y.npy'), '--out', out);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(out, 'scores.json'), 'utf8'))).toHaveProperty('scores');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<table>');
  });

  it.each<[string, () => string[], number, string]>([
    ['no words', () => [], 2, 'required option'],
    ['an unknown option', () => pair('--colour', 'red'), 2, 'unknown option'],
    ['an unknown metric', () => pair('--metrics', 'fidd'), 2, 'no metric fidd: there are fid, '],
    ['options that are no JSON', () => pair('--options', '{kid'), 2, 'Expected JSON such as'],
    ['an unknown setting', () => pair('--options', '{"kid":{"size":1}}'), 2, 'kid has no option size'],
    [
      'a missing .npy',
      () => ['--reference', 'absent.npy', '--generated', npy('y.npy')],
      1,
      "can't read absent.npy (ENOENT)",
    ],
    ['a missing folder', () => ['--reference', join(folder, 'absent'), '--generated', npy('y.npy')], 1, 'absent'],
    [
      'widths that differ',
      () => ['--reference', npy('x.npy'), '--generated', npy('y.npy', gaussian(9, 5, 1))],
      1,
      'reference statistics are of 6 features and generated ones of 5',
    ],
    [
      'too few rows',
      () => ['--reference', npy('x.npy'), '--generated', npy('y.npy', gaussian(1, 6, 1))],
      1,
      'at least 2 samples, got 1',
    ],
    ['an output folder below a file', () => pair('--out', join(npy('file.npy'), 'out')), 1, 'file.npy/out (ENOTDIR)'],
    [
      'an output folder that can’t be made',
      () => pair('--out', '/proc/plateau/out'),
      1,
      "can't write in /proc/plateau/out (ENOENT)",
    ],
    ['an unknown class of foam', () => ['--reference', 'foam:marble', '--generated', npy('y.npy')], 1, 'marble'],
    [
      'an unknown extractor',
      () => ['--reference', 'foam:pristine?n=4', '--generated', npy('y.npy'), '--extractor', 'resnet'],
      1,
      'resnet',
    ],
  ])('refuses %s in one line', async (_, words, exitCode, message) => {
    const { code, stdout, stderr } = await runCommand('score', ...words());
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^plateau: /)]);
    expect(stderr).toContain(message);
  });

  it('names the truncated image of a folder, and goes on without it when told to', async () => {
    const images = join(folder, 'images');
    mkdirSync(images);
    for (const name of ['a', 'b', 'c']) png(join('images', `${name}.png`));
    writeFileSync(join(images, 'd.png'), readFileSync(join(images, 'a.png')).subarray(0, 40));
    writeFileSync(join(images, 'e.png'), '');
    const words = [
      'score',
      '--reference',
      images,
      '--generated',
      images,
      '--metrics',
      'vendi',
      '--extractor',
      'random:1',
    ];
    const refused = await runCommand(...words);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/2 of 5 images .*d\.png .*e\.png/);
    const skipped = await runCommand(...words, '--skip-bad', '--json');
    expect(skipped.code).toBe(0);
    const { scores } = JSON.parse(skipped.stdout) as { scores: Score[] };
    expect(scores[0].n).toEqual({ reference: 3, generated: 3 });
    expect(skipped.stderr).toContain("left out 2 of 5 images, which can't be read: d.png, e.png");
  });

  it('names two images of different sizes', async () => {
    const images = join(folder, 'images');
    mkdirSync(images);
    png('images/a.png');
    png('images/b.png', 12);
    const { code, stderr } = await runCommand('score', '--reference', images, '--generated', images);
    expect(code).toBe(1);
    expect(stderr).toMatch(/a\.png.*8×8.*b\.png.*12×8|a\.png.*8×8.*b\.png.*8×12/);
  });
});

describe('plateau', () => {
  it('shows its commands and exits with 2 when given nothing', async () => {
    const { code, stderr } = await runCommand();
    expect(code).toBe(2);
    for (const command of ['demo', 'score', 'features']) expect(stderr).toContain(command);
  });

  it('refuses an unknown command in one line', async () => {
    const { code, stderr } = await runCommand('scroe');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^plateau: unknown command 'scroe'/);
  });

  it('prints help on request', async () => {
    const { code, stdout } = await runCommand('score', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--reference <set>');
    expect(existsSync(join(folder, 'scores.json'))).toBe(false);
  });
});

function pair(...more: string[]): string[] {
  return ['--reference', npy('x.npy'), '--generated', npy('y.npy'), ...more];
}
