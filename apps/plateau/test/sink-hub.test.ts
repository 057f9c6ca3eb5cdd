import { expect, it, vi } from 'vitest';
import type { EpochSamples, MonitorSink, ScoredEpoch } from '../src/monitor/run-event.js';
import { SinkHub } from '../src/monitor/sink-hub.js';

const samples = {} as EpochSamples;
const summary = { time: '', outcome: { kind: 'finished', sentence: '' } } as const;

function record(epoch: number): ScoredEpoch {
  return { epoch } as ScoredEpoch;
}

it('tells every sink in order, whatever another does', async () => {
  const warnings: string[] = [];
  const seen: (number | string)[] = [];
  const good: MonitorSink = {
    name: 'good',
    epoch: async ({ epoch }) => {
      await new Promise((resolve) => setTimeout(resolve, 3 - epoch));
      seen.push(epoch);
    },
    end: () => void seen.push('end'),
  };
  let tries = 0;
  const throwing: MonitorSink = {
    name: 'bad',
    epoch: () => {
      tries += 1;
      throw new Error('no room');
    },
  };
  const hub = new SinkHub([throwing, good], (message) => warnings.push(message));
  for (let epoch = 0; epoch < 3; epoch += 1) hub.epoch(record(epoch), samples);
  await hub.end(summary);
  expect(seen).toEqual([0, 1, 2, 'end']);
  expect(tries).toBe(3);
  expect(warnings).toEqual(['the bad sink failed: no room (training goes on; this is said once)']);
});

it('lets a sink that is behind miss epochs instead of keeping them for it, and does not wait for ever', async () => {
  vi.useFakeTimers();
  try {
    const warnings: string[] = [];
    const begun: number[] = [];
    const stuck: MonitorSink = {
      name: 'stuck',
      epoch: ({ epoch }) => {
        begun.push(epoch);
        return new Promise(() => {});
      },
    };
    const hub = new SinkHub([stuck], (message) => warnings.push(message));
    for (let epoch = 0; epoch < 100; epoch += 1) hub.epoch(record(epoch), samples);
    const ended = hub.end(summary);
    await vi.advanceTimersByTimeAsync(60_000);
    await ended;
    expect(begun).toEqual([0]);
    expect(warnings).toEqual([
      'the stuck sink is behind and misses epochs (this is said once)',
      'the stuck sink did not finish within 30 s and is left behind',
    ]);
  } finally {
    vi.useRealTimers();
  }
});
