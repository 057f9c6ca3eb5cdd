import { describe, expect, it } from 'vitest';
import { CollapseDetector, type DiversitySignals } from '../src/monitor/collapse-detector.js';

const reference: DiversitySignals = { vendi: 20, recall: 0.8, spread: 10 };
const healthy: DiversitySignals = { vendi: 18, recall: 0.7, spread: 9 };
const collapsed: DiversitySignals = { vendi: 1.4, recall: 0, spread: 0.5 };

function feed(detector: CollapseDetector, epochs: readonly DiversitySignals[]): boolean[] {
  return epochs.map((signals) => detector.observe(signals).collapsed);
}

describe('CollapseDetector', () => {
  it('calls a collapse after `patience` collapsed epochs in a row', () => {
    const detector = new CollapseDetector(reference, { warmup: 2, patience: 2 });
    expect(feed(detector, [healthy, healthy, healthy, collapsed, collapsed])).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('says nothing in the warm-up, when every generator is without variety', () => {
    const detector = new CollapseDetector(reference, { warmup: 4, patience: 1 });
    expect(feed(detector, [collapsed, collapsed, collapsed, collapsed, healthy])).not.toContain(true);
    expect(detector.observe(collapsed).collapsed).toBe(true);
  });

  it('forgets a collapse that passes', () => {
    const detector = new CollapseDetector(reference, { warmup: 0, patience: 2 });
    expect(feed(detector, [collapsed, healthy, collapsed, healthy, collapsed])).not.toContain(true);
  });

  it('needs two low signals: a young generator has no recall, but is varied', () => {
    const detector = new CollapseDetector(reference, { warmup: 0, patience: 1 });
    const state = detector.observe({ vendi: 15, recall: 0, spread: 9 });
    expect(state.low).toEqual(['recall']);
    expect(state.collapsed).toBe(false);
  });

  it('takes a low signal as recovered only some way above the threshold', () => {
    const detector = new CollapseDetector(reference, { warmup: 0, patience: 9, recovery: 1.2 });
    detector.observe(collapsed);
    expect(detector.observe({ vendi: 8, recall: 0.7, spread: 9 }).low).toEqual(['vendi']); // 7 / 19 < 0.35 · 1.2
    expect(detector.observe({ vendi: 10, recall: 0.7, spread: 9 }).low).toEqual([]);
    expect(detector.observe({ vendi: 8, recall: 0.7, spread: 9 }).low).toEqual([]);
  });

  it('measures the Vendi score from 1 up, where similar micrographs differ by little', () => {
    const detector = new CollapseDetector({ ...reference, vendi: 1.4 }, { warmup: 0 });
    expect(detector.observe({ ...healthy, vendi: 1.3 }).low).toEqual([]);
    expect(detector.observe({ ...healthy, vendi: 1.1 }).low).toEqual(['vendi']);
  });

  it('gives the evidence', () => {
    const { evidence } = new CollapseDetector(reference, { warmup: 0 }).observe(collapsed);
    expect(evidence).toBe(
      'vendi 1.40 where the reference has 20.0, recall 0.00 where the reference has 0.800, spread 0.500 where the reference has 10.0 (1 of 2 scored epochs in a row)',
    );
  });

  it.each([
    [{ patience: 0 }, 'collapse.patience is a whole number of at least 1, got 0'],
    [{ warmup: 1.5 }, 'collapse.warmup is a whole number of at least 0, got 1.5'],
    [{ recovery: 0.5 }, 'collapse.recovery is a factor of at least 1, got 0.5'],
  ])('refuses %j', (options, message) => {
    expect(() => new CollapseDetector(reference, options)).toThrow(message);
  });
});
