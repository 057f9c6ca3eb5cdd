import { describe, expect, it } from 'vitest';
import {
  epochChart,
  htmlPage,
  renderSvg,
  runPlots,
  runReport,
  runSections,
  type RunRecord,
  type Score,
} from '../src/index.js';

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
    expect(html).toContain('Epoch 2: suspicious: vendi 1.2 where the reference has 20.');
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

/** The same run with everything that a run can have. */
const rich: RunRecord = {
  ...run,
  reference: {
    ...run.reference,
    projection: [
      [0, 0],
      [1, 1],
    ],
    cellsPictures: { overlay: png, distributions: { diameter: [1, 2, 3, 4] } },
  },
  epochs: run.epochs.map((record) => ({
    ...record,
    projection: [
      [record.epoch, 0.5],
      [NaN, 1],
    ] as [number, number][],
    collapse: {
      signals: {
        vendi: { value: 2, reference: 20, share: 0.1, alarming: true },
        copies: { value: 0, alarming: false },
      },
      logEvidence: record.epoch,
      alpha: 0.01,
      failed: false,
      sentence: 'Vendi is low.',
    },
    checkpoints: [{ epoch: 1, directory: 'checkpoints/epoch-1', metric: 'kid', value: 0.4, standardError: 0.05 }],
    cells: { 'wall <width>': 3 + record.epoch },
    cellsPictures: { overlay: png, distributions: { diameter: [2, 3, 4, 5] } },
  })),
  notes: ['Epoch 3 was not scored: it took too long.'],
};

describe('runSections', () => {
  const section = async (of: RunRecord, id: string) => (await runSections(of)).find((part) => part.id === id)!.html;

  it('has the same parts for every run, empty where there is nothing', async () => {
    const parts = await runSections(run);
    expect(parts.map(({ id }) => id)).toEqual((await runSections(rich)).map(({ id }) => id));
    const empty = parts.filter(({ html }) => html === '').map(({ id }) => id);
    expect(empty).toEqual(['projection', 'evidence', 'cells', 'checkpoints']);
  });

  it('shows the evidence with its bar and each signal beside the reference', async () => {
    const html = await section(rich, 'evidence');
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html).toContain('Epoch 2: Vendi is low.');
    expect(html).toContain('<td>vendi</td><td>2</td><td>20</td><td>0.1</td><td>far off</td>');
    const bar = runPlots(rich).find(({ name }) => name === 'evidence')!.spec as unknown as {
      layer: { data?: { values: { floor: number }[] } }[];
    };
    expect(bar.layer[0]!.data!.values[0]!.floor).toBeCloseTo(Math.log(100), 12);
  });

  it('has no curve of evidence before there is any', () => {
    const quiet = rich.epochs.map((record) => ({
      ...record,
      collapse: { ...record.collapse!, logEvidence: -Infinity },
    }));
    const names = runPlots({ ...rich, epochs: quiet }).map(({ name }) => name);
    expect(names).not.toContain('evidence');
    expect(names).toContain('signals');
  });

  it('shows the samples in the plane for the first, the best and the last epoch', async () => {
    const names = runPlots(rich)
      .filter(({ group }) => group === 'projection')
      .map(({ name }) => name);
    expect(names).toEqual(['projection-epoch-0', 'projection-epoch-1', 'projection-epoch-2']);
    expect((await section(rich, 'projection')).match(/<svg/g)).toHaveLength(3);
  });

  it('shows cells, checkpoints and notes', async () => {
    const cells = await section(rich, 'cells');
    expect(cells.match(/<svg/g)).toHaveLength(2);
    expect(cells).toContain('Cells of the reference');
    expect(cells).toContain('Cells of the samples, epoch 2');
    expect(cells).not.toContain('<width>');
    expect(await section(rich, 'checkpoints')).toContain('<td>checkpoints/epoch-1</td>');
    expect(await section(rich, 'decisions')).toContain('Epoch 3 was not scored');
  });

  it('loads pictures that are addresses lazily, and escapes them', async () => {
    const html = await section({ ...run, reference: { ...run.reference, sheet: '"><script>' } }, 'samples');
    expect(html).toContain('loading="lazy" src="&#34;&#62;&#60;script&#62;"');
  });

  it('says what to do while no epoch is scored', async () => {
    const running = { kind: 'running', sentence: 'Running.' } as const;
    const html = await section({ ...run, epochs: [], outcome: running }, 'scores');
    expect(html).toContain('after the first monitor.epochEnd(…)');
  });

  it('survives a score that is no number and a metric that no one knows', async () => {
    const odd = { ...run, epochs: [{ ...run.epochs[0]!, scores: [{ ...score(NaN), metric: '<b>' }] }], floor: [] };
    const html = (await runSections(odd)).map((part) => part.html).join('');
    expect(html).toContain('NaN');
    expect(html).not.toContain('<b>');
  });
});

describe('runPlots', () => {
  it('names every plot once, as a file can be named', () => {
    const names = runPlots(rich).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/);
  });
});

describe('htmlPage', () => {
  it('is dark where the reader wants it, and black on white on paper', () => {
    const html = htmlPage('t', '');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
    expect(html).not.toContain('<script');
  });
});

describe('epochChart', () => {
  it('leaves out points that are not finite and draws intervals as bands', async () => {
    const points = [0, 1, 2].map((epoch) => ({ epoch, value: epoch === 1 ? NaN : epoch, error: 0.5 }));
    const spec = epochChart(points, { title: 'FID' }) as unknown as { data: { values: object[] } };
    expect(spec.data.values).toEqual([
      { epoch: 0, value: 0, low: -0.5, high: 0.5 },
      { epoch: 2, value: 2, low: 1.5, high: 2.5 },
    ]);
  });

  it('draws the floor as a dashed level and the best epoch as a ring', async () => {
    const points = [0, 1, 2].map((epoch) => ({ epoch, value: epoch }));
    const plain = await renderSvg(epochChart(points, { title: 'FID' }));
    const marked = await renderSvg(epochChart(points, { title: 'FID', floor: 0.5, best: 1 }));
    expect(plain).not.toContain('stroke-dasharray="5,4"');
    expect(marked).toContain('stroke-dasharray="5,4"');
    expect(marked.length).toBeGreaterThan(plain.length);
  });
});
