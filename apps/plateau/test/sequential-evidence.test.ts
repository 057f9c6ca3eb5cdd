import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { MARGIN, SequentialEvidence } from '../src/monitor/collapse/sequential-evidence.js';

const grownUp = { mature: true, grown: false };

/** The largest evidence over a run of margins, with streaks never cut short. */
function largest(margins: ArrayLike<number>): number {
  const evidence = new SequentialEvidence({ patience: 1, grace: 1 });
  let most = -Infinity;
  evidence.observe(10, 0, grownUp);
  Array.from(margins).forEach((margin, i) => {
    evidence.observe(margin, i + 1, grownUp);
    most = Math.max(most, evidence.log);
  });
  return most;
}

describe('SequentialEvidence', () => {
  // Whatever the dependence, P(sup ≥ 1/α) ≤ α at the edge of the null hypothesis: normal errors about the margin M.
  it.each([
    ['independent', (random: RandomState, n: number) => random.randn(n, 1)],
    ['the same', (random: RandomState, n: number) => new Float64Array(n).fill(random.randn(1, 1)[0])],
  ])('exceeds 1/α at most as often as α with %s errors', (_, errors) => {
    const alpha = 0.1;
    const random = new RandomState(5);
    let stopped = 0;
    for (let run = 0; run < 2000; run += 1) {
      const margins = errors(random, 100).map((error) => MARGIN + error);
      if (largest(margins) >= -Math.log(alpha)) stopped += 1;
    }
    expect(stopped / 2000).toBeLessThanOrEqual(alpha);
  });

  it('has weights that sum to 1: ln 2·Σ(1/ln(t + 1) − 1/ln(t + 2)) telescopes', () => {
    const evidence = new SequentialEvidence({ patience: 1, grace: 1 });
    const e = (margin: number) => Math.exp(MARGIN ** 2 / 2 - MARGIN * margin);
    evidence.observe(10, 0, grownUp);
    evidence.observe(1.9, 1, grownUp);
    for (let look = 2; look <= 1000; look += 1) evidence.observe(2.9, look, grownUp);
    const first = Math.LN2 * (1 / Math.LN2 - 1 / Math.log(3));
    const rest = Math.LN2 * (1 / Math.log(3) - 1 / Math.log(1002));
    expect(Math.exp(evidence.log)).toBeCloseTo(first * e(1.9) + rest * e(2.9), 6);
  });

  it('becomes low below 2 standard errors and recovers only above 3', () => {
    const evidence = new SequentialEvidence({ patience: 1, grace: 1 });
    const low = [5, 2.5, 1.5, 2.5, 3.5, 2.5].map((margin, i) => {
      evidence.observe(margin, i + 1, grownUp);
      return evidence.low;
    });
    expect(low).toEqual([false, false, true, true, false, false]);
  });
});
