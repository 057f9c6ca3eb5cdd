import { describe, expect, it } from 'vitest';
import { ScoringBudget } from '../src/monitor/scoring-budget.js';

/** Trains for so many seconds an epoch, scores where the budget allows it. */
function simulate(epochs: number, training: number, cost: (epoch: number) => number, allowance = 0) {
  let clock = 0;
  const budget = new ScoringBudget({ share: 0.1, allowance }, () => clock);
  const scored: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    budget.trainingStarts();
    clock += training;
    budget.trainingStops();
    if (!budget.allows()) continue;
    scored.push(epoch);
    clock += cost(epoch);
    budget.spend(cost(epoch));
  }
  return { scored, spent: budget.spent };
}

describe('ScoringBudget', () => {
  it.each([0.05, 0.5, 3, 30])(
    'keeps scoring of %f s beside 1 s of training within a tenth, the first scoring aside',
    (cost) => {
      const { scored, spent } = simulate(1000, 1, () => cost);
      expect(spent.training).toBeCloseTo(1000);
      expect(spent.scoring - cost).toBeLessThanOrEqual(0.1 * spent.training);
      expect(scored[0]).toBe(0);
      expect(scored.length).toBeGreaterThan(0.85 * Math.min(1000, 100 / cost));
    },
  );

  it('follows costs that rise', () => {
    const { spent } = simulate(1000, 1, (epoch) => (epoch < 500 ? 0.1 : 2));
    expect(spent.scoring).toBeLessThanOrEqual(0.1 * spent.training + 2);
  });

  it('gives an allowance away first', () => {
    expect(simulate(20, 0, () => 1, 10).scored).toHaveLength(10);
  });

  it('halves the samples, not below what metrics need', () => {
    let clock = 0;
    const budget = new ScoringBudget({ share: 0.1, allowance: 0 }, () => clock);
    expect(budget.samples(256, 64, 1)).toBe(256); // nothing is known of the training yet
    budget.trainingStarts();
    clock += 200;
    budget.trainingStops();
    expect(budget.samples(256, 64, 0.1)).toBe(256); // 25.6 s in the 100 s that five epochs give
    expect(budget.samples(256, 64, 0.5)).toBe(128); // 64 s
    expect(budget.samples(256, 64, 10)).toBe(64);
  });

  it('reads a clock that no change of the date moves', () => {
    const now = Date.now;
    try {
      const budget = new ScoringBudget({ share: 0.1, allowance: 0 });
      budget.trainingStarts();
      Date.now = () => now() - 1e9;
      budget.trainingStops();
      expect(budget.spent.training).toBeGreaterThanOrEqual(0);
      expect(budget.spent.training).toBeLessThan(1);
    } finally {
      Date.now = now;
    }
  });
});
