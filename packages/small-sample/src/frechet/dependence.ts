import type { TailStrength } from './tail-strength.js';

/** Rows that stay together, of either set. */
export interface Blocks {
  readonly reference: readonly Int32Array[];
  readonly generated: readonly Int32Array[];
}

/** Groups of samples below which halves differ by what few specimens are like. */
export const FEWEST_BLOCKS = 8;
/** Share of what halves come out apart by that the whole set has: between N^−½ and N^−1, measured at 0.55 to 0.81. */
const CARRIED = Math.SQRT1_2;
/** Standard error of that share, relative to it. */
const CARRIED_ERROR = 0.15;

/** Whether some rows of a set are of one group. */
export function isGrouped(blocks: readonly Int32Array[]): boolean {
  return blocks.some((block) => block.length > 1);
}

/**
 * The bias that images of one specimen add, since they count for fewer independent ones: random halves that share no
 * specimen have a true distance of 0, and what they come out apart by is carried to the whole sets. 0 for a set without
 * groups, or with too few for halves.
 */
export function dependenceBias(
  blocks: Blocks,
  tails: Readonly<Record<keyof Blocks, TailStrength>>,
): { readonly value: number; readonly error: number } {
  const ofSet = (role: keyof Blocks) => (isGrouped(blocks[role]) ? (tails[role].halves ?? 0) : 0);
  const value = (CARRIED * (ofSet('reference') + ofSet('generated'))) / 2;
  return { value, error: CARRIED_ERROR * Math.abs(value) };
}
