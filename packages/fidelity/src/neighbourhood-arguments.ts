import type { Matrix } from '@plateau/numerics';
import { Neighbourhoods } from './neighbourhoods.js';

/** Settings of a metric that looks at k nearest neighbours. */
export interface KOptions {
  /** Neighbours that set a ball's radius, the centre not counted. */
  readonly k?: number;
}

/** A neighbourhood metric takes two matrices, or the distances that other metrics share with it. */
export type SetArguments<Options> =
  [sets: Neighbourhoods, options?: Options] | [reference: Matrix, generated: Matrix, options?: Options];

/** Sorts out the two ways of calling, and makes what is missing for `k` neighbours by default. */
export function readArguments(
  args: SetArguments<KOptions>,
  defaultK: number,
): { readonly sets: Neighbourhoods; readonly k: number } {
  if (args[0] instanceof Neighbourhoods) {
    const [sets, options] = args as [Neighbourhoods, KOptions?];
    return { sets, k: options?.k ?? defaultK };
  }
  const [reference, generated, options] = args as [Matrix, Matrix, KOptions?];
  const k = options?.k ?? defaultK;
  return { sets: new Neighbourhoods(reference, generated, { k: [k] }), k };
}

/** The share of entries that are 1. */
export function share(members: Uint8Array): number {
  return members.reduce((sum, member) => sum + member, 0) / members.length;
}
