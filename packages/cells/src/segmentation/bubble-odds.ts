import { aspectOf, solidityOf, type TreeRegion } from './region-tree.js';

/** Least area, solidity and strength of the rim of what may be a bubble. */
const LEAST = { area: 12, solidity: 0.8, rim: 0.3 };
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

const WEIGHTS = [-8.43, 11.61, 1.55, 1.88, -1.89, -11.7];

/**
 * Logarithm of the odds that a region is one bubble, by a logistic regression on photographs of liquid foam: bubbles have
 * a strong rim, no strong line within, and a round and convex outline. Regions that cannot be one have −∞.
 */
export function bubbleOdds(region: TreeRegion): number {
  if (!mayBeBubble(region)) return -Infinity;
  return bubbleFeatures(region).reduce((sum, value, k) => sum + value * WEIGHTS[k]!, 0);
}
