import type { FailureKind } from '../run-event.js';

/** When a run counts as failed. */
export interface CollapseOptions {
  /** The most that the chance of stopping a healthy run may be, however long it is. Default 0.01. */
  readonly alpha?: number;
  /** The share of the reference's diversity, at the same number of images, below which a generator has collapsed. Default 0.5. */
  readonly share?: number;
  /** Scored epochs, from the first, that never count against a run: generators start without variety. Default 3. */
  readonly warmup?: number;
  /** Scored epochs in a row that a failure must last. Default 2. */
  readonly patience?: number;
  /**
   * The same for a generator that has never been healthy: scored epochs in a row, after the warm-up, in which it has
   * not become more varied than it ever was. Default 5.
   */
  readonly grace?: number;
  /** The failures that stop a run; others are only named. Default all but blur, which many a healthy VAE shows. */
  readonly stopOn?: readonly FailureKind[];
}

/** @throws RangeError for what is no probability, share or count */
export function resolveCollapseOptions(options: CollapseOptions): Required<CollapseOptions> {
  const resolved = {
    alpha: 0.01,
    share: 0.5,
    warmup: 3,
    patience: 2,
    grace: 5,
    stopOn: ['collapse', 'memorisation', 'divergence', 'blank'] as const,
    ...options,
  };
  for (const name of ['alpha', 'share'] as const) {
    if (!(resolved[name] > 0 && resolved[name] < 1)) {
      throw new RangeError(`collapse.${name} lies between 0 and 1, got ${resolved[name]}`);
    }
  }
  for (const [name, least] of [
    ['warmup', 0],
    ['patience', 1],
    ['grace', 1],
  ] as const) {
    if (!Number.isInteger(resolved[name]) || resolved[name] < least) {
      throw new RangeError(`collapse.${name} is a whole number of at least ${least}, got ${resolved[name]}`);
    }
  }
  return resolved;
}
