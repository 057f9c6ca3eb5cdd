import { encodePng } from '@plateau/images';
import type { Score } from '@plateau/scorecard';
import type { EpochSamples, RunStart, ScoredEpoch, StartMaterial } from '../src/monitor/run-event.js';

/** A grey PNG of 4×2 pixels. */
export const png = encodePng({
  data: new Uint8Array(8).fill(90),
  count: 1,
  height: 2,
  width: 4,
  channels: 1,
  range: [0, 255],
});

/** A score as the monitor records it. */
export function scoreOf(metric: string, value: number, standardError?: number): Score {
  return {
    metric,
    value,
    ...(standardError === undefined ? {} : { standardError }),
    n: { reference: 40, generated: 20 },
    direction: metric === 'vendi' ? 'higher' : 'lower',
    protocol: { params: {}, seed: 1 },
    warnings: [],
  };
}

/** The start of a run. */
export function startOf(more: Partial<RunStart> = {}): RunStart {
  return {
    title: 'A run',
    time: '2026-01-02T03:04:05.000Z',
    seed: 1,
    samples: 20,
    metrics: ['kid', 'vendi'],
    reference: {
      id: 'foam',
      count: 40,
      sheet: 'samples/reference.png',
      projection: [
        [0, 0],
        [1, 1],
      ],
    },
    floor: [scoreOf('kid', 0.001)],
    ...more,
  };
}

/** A scored epoch. */
export function epochOf(epoch: number, more: Partial<ScoredEpoch> = {}): ScoredEpoch {
  return {
    epoch,
    time: new Date(Date.UTC(2026, 0, 2, 3, 5, epoch)).toISOString(),
    seconds: 1.5,
    logs: { loss: 1 / (epoch + 1) },
    scores: [scoreOf('kid', 0.5 / (epoch + 1), 0.01), scoreOf('vendi', 3 + epoch)],
    best: true,
    checkpoints: [{ epoch, directory: `checkpoints/epoch-${epoch}`, metric: 'kid', value: 0.5 / (epoch + 1) }],
    projection: [
      [0.5, 0.25],
      [0.1, -0.2],
    ],
    sheet: `samples/epoch-${epoch}.png`,
    warnings: [],
    ...more,
  };
}

/** What sinks are given beside an epoch. */
export const samples: EpochSamples = {
  images: { data: Uint8Array.of(0, 128, 255, 64), count: 1, height: 2, width: 2, channels: 1, range: [0, 255] },
  features: { data: Float32Array.of(1, 2, 3, 4), rows: 2, cols: 2 },
  sheet: png,
};

/** What sinks are given beside a start. */
export function materialOf(directory?: string): StartMaterial {
  return { ...(directory === undefined ? {} : { directory }), sheet: png, earlier: [] };
}
