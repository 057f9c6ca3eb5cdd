import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '@plateau/images';
import { writeNpy, matrix } from '@plateau/numerics';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClassScores } from '../src/score-by-class.js';
import { runCommand } from './run-command.js';
import { temporaryFolder } from './temporary-folder.js';

const SIDE = 16;
let folder: string;

/** Class folders of stripes that lie, stand or lean. */
function classFolders(name: string, classes: readonly string[], phase: number): string {
  for (const label of classes) {
    mkdirSync(join(folder, name, label), { recursive: true });
    for (let i = 0; i < 4; i++) {
      const data = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
        const [y, x] = [Math.floor(at / SIDE), at % SIDE];
        const along = { lying: y, standing: x, leaning: x + y }[label]!;
        return 128 + 100 * Math.sin(along / (1 + i / 4) + phase);
      });
      const image = { data, count: 1, height: SIDE, width: SIDE, channels: 1, range: [0, 255] } as const;
      writeFileSync(join(folder, name, label, `${i}.png`), encodePng(image));
    }
  }
  return join(folder, name);
}

let reference: string;
let generated: string;
const network = ['--extractor', 'random:3', '--layer', 'stem.conv_1', '--metrics', 'fid-mean'];

beforeEach(() => {
  folder = temporaryFolder();
  reference = classFolders('reference', ['lying', 'standing', 'leaning'], 0);
  generated = classFolders('generated', ['lying', 'standing'], 1);
});

describe('plateau score --by-class', () => {
  it('prints and writes a table with a dash for the class that is missing', async () => {
    const out = join(folder, 'out');
    const words = ['--reference', reference, '--generated', generated, ...network, '--by-class', '--out', out];
    const { code, stdout } = await runCommand('score', ...words);
    expect(code).toBe(0);
    const line = stdout.split('\n').find((row) => row.startsWith('leaning'))!;
    expect(line.split(/\s+/).filter((cell) => cell === '–')).toHaveLength(5);
    const written = JSON.parse(readFileSync(join(out, 'classes.json'), 'utf8')) as ClassScores;
    expect(written.labelsFrom).toBe('their folders');
    expect(written.classes.map(({ label, images }) => [label, images.generated])).toEqual([
      ['leaning', 0],
      ['lying', 4],
      ['standing', 4],
    ]);
    expect(readFileSync(join(out, 'classes.svg'), 'utf8')).toMatch(/^<svg/);
    expect(readFileSync(join(out, 'classes.html'), 'utf8')).toContain('their folders');
  });

  it('is part of the one JSON object', async () => {
    const words = ['--reference', reference, '--generated', reference, ...network, '--by-class', '--json'];
    const { stdout } = await runCommand('score', ...words);
    const { classes } = JSON.parse(stdout) as { classes: ClassScores };
    // Of four images each: the second set meets itself in the first, which the first by itself leaves out.
    for (const { same } of classes.classes) expect(same.generated! / same.reference!).toBeCloseTo(3 / 4, 6);
  });

  it('refuses sets without classes before any work', async () => {
    const plain = join(reference, 'lying');
    const one = await runCommand('score', '--reference', plain, '--generated', generated, ...network, '--by-class');
    expect([one.code, one.stderr]).toEqual([
      2,
      'plateau: --by-class needs a reference of two or more class folders (see plateau --help)\n',
    ]);
    const npy = join(folder, 'y.npy');
    writeFileSync(npy, writeNpy(matrix(new Float64Array(64), 2, 32)));
    const two = await runCommand('score', '--reference', reference, '--generated', npy, ...network, '--by-class');
    expect(two.code).toBe(2);
    expect(two.stderr).toContain("--by-class can't tell the classes of");
  });
});

describe('the options of an extractor', () => {
  const score = (...words: string[]) =>
    runCommand('score', '--reference', reference, '--generated', generated, ...network, '--json', ...words);
  const protocolOf = (stdout: string) =>
    (JSON.parse(stdout) as { scores: { value: number; protocol: { preprocessing: { resize: string } } }[] }).scores[0]!;

  it('are part of the protocol, and change the features', async () => {
    const plain = protocolOf((await score()).stdout);
    const changed = protocolOf(
      (await score('--resize', 'legacy-pytorch', '--crop', 'bottom=4', '--window', '50..200')).stdout,
    );
    expect(plain.protocol.preprocessing.resize).toBe('clean');
    expect(changed.protocol.preprocessing.resize).toBe('legacy-pytorch, crop 0 0 4 0, window 50…200');
    expect(Math.abs(changed.value / plain.value - 1)).toBeGreaterThan(0.1);
  });

  it('read features of before from disk, or do not', async () => {
    const [first, again, anew] = [await score(), await score(), await score('--no-cache')];
    expect(protocolOf(again.stdout).value).toBe(protocolOf(first.stdout).value);
    expect(protocolOf(anew.stdout).value).toBe(protocolOf(first.stdout).value);
  });

  it.each([
    [['--crop', '64'], 2, 'Expected sides such as bottom=64'],
    [['--window', '9..3'], 2, 'Expected low..high such as 1000..3000'],
    [['--resize', 'bicubic'], 1, "unknown resize 'bicubic': expected clean, legacy-tensorflow, legacy-pytorch, none"],
    [['--crop', 'bottom=16'], 1, 'margins of 16 rows and 0 columns leave nothing of 16×16'],
    [['--backend', 'cuda'], 1, "unknown backend 'cuda': expected node-gpu, node, webgpu, wasm, cpu"],
    // Why it can't be loaded is worded by whoever resolves imports: here vite, which knows optional peers.
    [['--backend', 'node'], 1, 'npm install @tensorflow/tfjs-node'],
    [['--layer', 'mixed11'], 1, "inception-v3 has no layer 'mixed11'"],
  ])('refuses %j in one line', async (words, exitCode, message) => {
    const { code, stdout, stderr } = await score(...words);
    expect([code, stdout]).toEqual([exitCode, '']);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^plateau: /);
  });
});
