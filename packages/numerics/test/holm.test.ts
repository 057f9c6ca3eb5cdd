import { describe, expect, it } from 'vitest';
import { holm } from '../src/index.js';

describe('holm', () => {
  // Worked by hand: 3·.01, then 2·.03, then .04 raised to its predecessor.
  it('multiplies step by step and never falls', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  it('stops at 1 and refuses what is no probability', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(() => holm([1.2])).toThrow(/got 1.2/);
  });
});
