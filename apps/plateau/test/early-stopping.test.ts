import type { Score } from '@plateau/scorecard';
import { describe, expect, it } from 'vitest';
import { EarlyStopping, type EarlyStoppingOptions } from '../src/monitor/early-stopping.js';
import { improves } from '../src/monitor/improvement.js';

function score(metric: string, value: number, standardError?: number): Score {
  const protocol = { params: {}, seed: 0 };
  const error = standardError === undefined ? {} : { standardError };
  return { metric, value, ...error, direction: 'lower', n: { reference: 8, generated: 8 }, protocol, warnings: [] };
}

/** The epoch at which a run of values is ended, or −1. */
function stopOf(options: EarlyStoppingOptions, values: readonly number[], standardError?: number): number {
  const early = new EarlyStopping(options, ['kid', 'recall']);
  return values.findIndex((value, epoch) => early.observe(epoch, [score('kid', value, standardError)]) !== undefined);
}

describe('EarlyStopping', () => {
  it('waits for `patience` scored epochs without improvement', () => {
    expect(stopOf({ metric: 'kid', patience: 2 }, [5, 4, 4, 3, 3, 3])).toBe(5);
  });

  it('counts only what exceeds the score’s own standard error', () => {
    const falling = [5, 4.9, 4.8, 4.7, 4.6];
    expect(stopOf({ metric: 'kid', patience: 3 }, falling)).toBe(-1);
    expect(stopOf({ metric: 'kid', patience: 3 }, falling, 1)).toBe(3);
  });

  it('counts slow gains against the best that counted, not against the last', () => {
    expect(stopOf({ metric: 'kid', patience: 3 }, [5, 4.6, 4.2, 3.8, 3.4, 3], 1)).toBe(-1);
  });

  it('takes a least difference, absolute or relative', () => {
    expect(stopOf({ metric: 'kid', patience: 1, minDelta: 0.5 }, [5, 4.6])).toBe(1);
    expect(stopOf({ metric: 'kid', patience: 1, minDelta: 0.5 }, [5, 4.4])).toBe(-1);
    expect(stopOf({ metric: 'kid', patience: 1, minDelta: 0.2, relative: true }, [5, 4.4])).toBe(1);
  });

  it('takes the other mode when told to', () => {
    expect(stopOf({ metric: 'kid', patience: 2, mode: 'max' }, [1, 2, 3, 3, 3])).toBe(4);
  });

  it('watches the axes together: any one that improves counts', () => {
    const early = new EarlyStopping({ metric: 'axes', patience: 2 }, ['precision', 'recall']);
    const observe = (epoch: number, precision: number, recall: number, physicalDistance?: number) =>
      early.observe(
        epoch,
        [score('precision', precision), score('recall', recall)],
        physicalDistance === undefined ? {} : { physicalDistance },
      );
    expect(observe(0, 0.5, 0.5, 9)).toBeUndefined();
    expect(observe(1, 0.5, 0.6)).toBeUndefined();
    expect(observe(2, 0.5, 0.5)).toBeUndefined();
    expect(observe(3, 0.4, 0.5, 8)).toBeUndefined();
    expect(observe(4, 0.5, 0.6)).toBeUndefined();
    expect(observe(5, 0.5, 0.6)).toBe(
      'Stopped at epoch 5: precision, recall, physicalDistance did not improve beyond the standard error in 2 scored epochs.',
    );
  });

  it('passes over NaN and epochs without the metric', () => {
    const early = new EarlyStopping({ metric: 'kid', patience: 1 }, ['kid']);
    expect(early.observe(0, [score('kid', 1)])).toBeUndefined();
    expect(early.observe(1, [score('kid', NaN)])).toBeUndefined();
    expect(early.observe(2, [])).toBeUndefined();
    expect(early.observe(3, [score('kid', 1)])).toMatch(/^Stopped at epoch 3/);
  });
});

it('never takes NaN for better', () => {
  expect(improves({ value: NaN }, { value: 1 }, { mode: 'min', minDelta: 0, relative: false })).toBe(false);
});
