import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageHeader } from '@plateau/images';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportCommand } from '../src/commands/report.js';
import { findBrowser } from '../src/report/photograph.js';
import type { RunLine } from '../src/monitor/run-event.js';
import { writeRun } from './run-folder.js';
import { epochOf, png, startOf } from './run-lines.js';
import { temporaryFolder } from './temporary-folder.js';

const start: RunLine = { event: 'start', ...startOf() };
const epoch = (number: number): RunLine => ({ event: 'epoch', ...epochOf(number) });
const run = (...words: string[]) => reportCommand().exitOverride().parseAsync(words, { from: 'user' });
let printed: string;

beforeEach(() => {
  printed = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('plateau report', () => {
  it('writes the report that a killed run never wrote, with its pictures and cells', async () => {
    const folder = writeRun(temporaryFolder(), [start, epoch(0), { ...epoch(1), cells: { porosity: 0.9 } } as RunLine]);
    mkdirSync(join(folder, 'cells'));
    // Epoch 0 has no cells in its line: this is of an earlier run in the folder.
    writeFileSync(join(folder, 'cells', 'epoch-0.png'), png);
    writeFileSync(join(folder, 'cells', 'epoch-1.png'), png);
    writeFileSync(join(folder, 'cells', 'epoch-1.json'), JSON.stringify({ diameter: [3, 4, null, 5] }));
    await run(folder);
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(html.match(/<img[^>]*src="data:image\/png;base64,/g)).toHaveLength(4); // reference, two epochs, cells
    expect(html).toContain('diameter, epoch 1');
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('writes every plot as a file of its own', async () => {
    vi.stubEnv('CHROME_PATH', '/no/browser');
    const out = join(temporaryFolder(), 'out');
    await run(writeRun(temporaryFolder(), [start, epoch(0), epoch(1)]), '--out', out);
    const files = readdirSync(join(out, 'plots')).sort();
    expect(files).toEqual(
      ['kid', 'projection-epoch-0', 'projection-epoch-1', 'training-log', 'vendi'].flatMap((name) => [
        `${name}.svg`,
        `${name}.vl.json`,
      ]),
    );
    expect(printed).toContain('warning: no PNG was drawn: no Chromium or Chrome was found');
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  });

  it.skipIf(!findBrowser())('draws them as PNG too (needs Chromium or Chrome)', async () => {
    const out = temporaryFolder();
    await run(
      writeRun(temporaryFolder(), [
        { ...start, reference: { ...startOf().reference, projection: [] } } as RunLine,
        epoch(0),
      ]),
      '--out',
      out,
    );
    expect(readdirSync(join(out, 'plots')).filter((name) => name.startsWith('.'))).toEqual([]);
    const svg = readFileSync(join(out, 'plots', 'kid.svg'), 'utf8');
    const [, width] = / width="(\d+)"/.exec(svg)!;
    const header = imageHeader(readFileSync(join(out, 'plots', 'kid.png')));
    expect(header.width).toBe(2 * Number(width));
  });

  it('carries no more than some fifty sheets of a long run', async () => {
    const lines = [start, ...Array.from({ length: 120 }, (_, i) => epoch(i))];
    const folder = writeRun(temporaryFolder(), lines);
    await run(folder);
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(html.match(/data-epoch="/g)!.length).toBeLessThanOrEqual(50);
    expect(html).toContain('data-epoch="119"');
    expect(html.match(/frame[^"]* spare/g)!.length).toBeGreaterThan(20); // on paper some twelve are enough
  });

  it('says what is no run', async () => {
    await expect(run('/nowhere')).rejects.toThrow(
      "/nowhere is not the folder of a run: can't read its metrics.jsonl (ENOENT)",
    );
    await expect(run(writeRun(temporaryFolder(), []))).rejects.toThrow('has not begun');
  });
});
