import { arraySource } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import { expect, it } from 'vitest';
import { createMonitor } from '../src/monitor/create-monitor.js';
import { pixelExtractor } from './fake-extractor.js';
import { temporaryFolder } from './temporary-folder.js';

function noise(count: number, seed: number) {
  const data = Float32Array.from(new RandomState(seed).randomSample(count * 16), (u) => 2 * u - 1);
  return { data, count, height: 4, width: 4, channels: 1 as const, range: [-1, 1] as const };
}

it('shows a run while it goes on, and says where', async () => {
  const told: string[] = [];
  const monitor = createMonitor({
    generate: (count, { epoch }) => noise(count, 100 + epoch),
    reference: arraySource(noise(64, 1), { id: 'noise' }),
    extractor: pixelExtractor(16),
    samples: 32,
    metrics: ['fid', 'kid'],
    title: 'Watched',
    out: temporaryFolder(),
    checkpoint: false,
    dashboard: { print: (line) => told.push(line) },
    progress: false,
    print: false,
  });
  await monitor.epochEnd(0, { loss: 1 });
  await expect.poll(() => told).toEqual([expect.stringMatching(/^Dashboard: http:\/\/127\.0\.0\.1:\d+\/$/)]);
  const url = told[0]!.slice('Dashboard: '.length);
  const page = await (await fetch(url)).text();
  expect(page).toContain('<h1>Watched</h1>');
  expect(page).toContain('1 scored epochs');
  await monitor.epochEnd(1, { loss: 0.5 });
  await monitor.end();
  expect(await (await fetch(url)).text()).toContain('Finished after epoch 1');
});

it('needs a folder to show', () => {
  const options = { generate: () => noise(8, 1), reference: noise(8, 1), dashboard: true };
  expect(() => createMonitor(options)).toThrow('dashboard needs out, the folder that the page shows');
});
