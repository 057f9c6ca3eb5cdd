import { aspectOf, solidityOf, type TreeRegion } from './region-tree.js';

/** Least area, solidity and strength of the rim of what may be a bubble. */
const LEAST = { area: 12, solidity: 0.7, rim: 0.3 };
// The liquid around a few bubbles reaches more.
const MOST_SIDES = 2;

/** What tells bubbles from the liquid between them, from parts of bubbles and from clusters of several. */
export function bubbleFeatures(region: TreeRegion): number[] {
  const { area, evidence } = region.moments;
  return [
    1,
    region.rim,
    region.joint,
    -Math.log(1.02 - solidityOf(region)),
    Math.log(aspectOf(region)),
    evidence / area,
  ];
}

/** Whether a region may be a bubble at all: those that the weights were fitted to. */
export function mayBeBubble(region: TreeRegion): boolean {
  return (
    region.sides <= MOST_SIDES &&
    region.moments.area >= LEAST.area &&
    region.rim >= LEAST.rim &&
    solidityOf(region) >= LEAST.solidity
  );
}

/** Of each feature: a logistic regression on photographs of liquid foam, by `tools/fit-bubbles.ts` of the repository. */
export const BUBBLE_WEIGHTS: readonly number[] = [-10.42, 14.28, 2.92, 2.46, -2.77, -13.78];

/**
 * Logarithm of the odds that a region is one bubble: bubbles have a strong rim, no strong line within, and a round and
 * convex outline. Regions that cannot be one have −∞.
 */
export function bubbleOdds(region: TreeRegion, weights: readonly number[]): number {
  if (!mayBeBubble(region)) return -Infinity;
  return bubbleFeatures(region).reduce((sum, value, k) => sum + value * weights[k]!, 0);
}
