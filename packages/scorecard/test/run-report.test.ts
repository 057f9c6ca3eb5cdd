import { describe, expect, it } from 'vitest';
import { epochChart, renderSvg, runReport, type RunRecord, type Score } from '../src/index.js';

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);

function score(value: number, standardError?: number): Score {
  const protocol = { params: { subsets: 100 }, seed: 1 };
  const n = { reference: 40, generated: 20 };
  return { metric: 'kid', value, standardError, n, direction: 'lower', protocol, warnings: ['n is small'] };
}

const run: RunRecord = {
  title: 'Foam <GAN> & friends',
  started: new Date('2026-01-02T03:04:05Z'),
  reference: { id: 'foam:pristine', count: 40, sheet: png },
  generatedCount: 20,
  floor: [score(0.001)],
  epochs: [0, 1, 2].map((epoch) => ({
    epoch,
    seconds: 1,
    logs: { loss: 3 - epoch },
    scores: [score(0.5 - 0.1 * epoch, 0.05)],
    best: epoch === 1,
    suspicion: epoch === 2 ? 'vendi 1.2 where the reference has 20' : undefined,
    sheet: png,
  })),
  best: { epoch: 1, metric: 'kid', value: 0.4, checkpoint: 'checkpoints/epoch-1' },
  outcome: { kind: 'collapse', sentence: 'Stopped at epoch 2: the generator has collapsed.' },
};

describe('runReport', () => {
  it('is one page that asks for no other file', async () => {
    const html = await runReport(run);
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(html).not.toMatch(/<(script|link|iframe)[^>]+(src|href)=/);
    expect(html).not.toMatch(/src="(?!data:)/);
  });

  it('escapes what users name', async () => {
    const html = await runReport(run);
    expect(html).toContain('Foam &#60;GAN&#62; &#38; friends');
    expect(html).not.toContain('<GAN>');
  });

  it('shows a curve a metric and one of the log, a sheet an epoch, and why it was stopped', async () => {
    const html = await runReport(run);
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html.match(/<img/g)).toHaveLength(4);
    expect(html).toContain('Epoch 2: looks collapsed: vendi 1.2 where the reference has 20.');
    expect(html).toContain('Stopped at epoch 2: the generator has collapsed.');
    expect(html).toContain('kid: n is small');
  });

  it('carries the Vega-Lite specifications of its curves', async () => {
    const json = /<script type="application\/json" id="vega-lite">(.*?)<\/script>/s.exec(await runReport(run))![1];
    const specs = JSON.parse(json) as { data: { values: { epoch: number; value: number }[] } }[];
    expect(specs[0].data.values.map(({ epoch, value }) => [epoch, value])).toEqual([
      [0, 0.5],
      [1, 0.4],
      [2, 0.3],
    ]);
  });

  it('can be written before any epoch was scored', async () => {
    const html = await runReport({ ...run, epochs: [], best: undefined });
    expect(html).toContain('Stopped at epoch 2');
  });
});

describe('epochChart', () => {
  it('draws the floor as a dashed level and the best epoch as a ring', async () => {
    const points = [0, 1, 2].map((epoch) => ({ epoch, value: epoch }));
    const plain = await renderSvg(epochChart(points, { title: 'FID' }));
    const marked = await renderSvg(epochChart(points, { title: 'FID', floor: 0.5, best: 1 }));
    expect(plain).not.toContain('stroke-dasharray="5,4"');
    expect(marked).toContain('stroke-dasharray="5,4"');
    expect(marked.length).toBeGreaterThan(plain.length);
  });
});
