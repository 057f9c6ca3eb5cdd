import type { RandomState } from '@plateau/numerics';
import { bundleBlocks } from './blocks.js';
import type { Draw } from './draw.js';
import type { Plan } from './resampling-options.js';

/** A draw that leaves one bundle of a set out, and that bundle's share of the set. */
export interface LeaveOut {
  readonly role: 'reference' | 'generated';
  readonly draw: Draw;
  readonly bundles: number;
}

/** One draw for each bundle of either set, the other set whole. */
export function leaveOutDraws({ blocks, whole }: Plan, bundles: number, random: RandomState): LeaveOut[] {
  return (['reference', 'generated'] as const).flatMap((role) => {
    const parts = bundleBlocks(blocks[role], bundles, random);
    return parts.map((part) => {
      const out = new Set(part);
      const kept = whole[role].filter((row) => !out.has(row));
      return { role, draw: { ...whole, [role]: kept }, bundles: parts.length };
    });
  });
}

/** The jackknife's influence of each bundle: (g − 1)/g·(mean − value without it). Squares add up to the variance g/(g − 1). */
export function influences(draws: readonly LeaveOut[], values: readonly number[]): number[] {
  const means = { reference: 0, generated: 0 };
  draws.forEach(({ role, bundles }, i) => (means[role] += values[i] / bundles));
  return draws.map(({ role, bundles }, i) => ((bundles - 1) / bundles) * (means[role] - values[i]));
}
