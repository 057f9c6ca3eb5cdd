import { RandomState } from '@plateau/numerics';
import { blocksOf, checkSeparateGroups, type Groups } from './blocks.js';
import { checkConfidence } from './check-settings.js';
import { serialPool, type Draw, type DrawPool, type Statistic } from './draw.js';

/** What resampling needs to know. */
export interface ResamplingOptions {
  /** Rows of the two sets. */
  readonly n: { readonly reference: number; readonly generated: number };
  readonly statistic: Statistic;
  /** Default 0.9. */
  readonly confidence?: number;
  /** Default 2020. */
  readonly seed?: number;
  /** Labels of rows that are not independent of each other (images of one specimen); they stay together. */
  readonly groups?: { readonly reference?: Groups; readonly generated?: Groups };
  /** Measures the draws; default: this thread. */
  readonly pool?: DrawPool;
  /** Called after each draw. */
  readonly onDraw?: () => void;
}

/** A value with what resampling says of it. */
export interface Interval {
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  readonly method: 'bca' | 'centred' | 'jackknife' | 'subsampling';
}

/** Options with their defaults, checked. */
export interface Plan {
  readonly blocks: { readonly reference: Int32Array[]; readonly generated: Int32Array[] };
  readonly whole: Draw;
  readonly confidence: number;
  readonly random: RandomState;
  readonly measure: (draws: readonly Draw[]) => ReturnType<DrawPool>;
}

/** @throws RangeError for labels that do not fit the rows or occur in both sets, or a confidence outside (0, 1) */
export function planResampling(options: ResamplingOptions): Plan {
  const { n, statistic, confidence = 0.9, seed = 2020, groups = {}, onDraw = () => {} } = options;
  checkConfidence(confidence);
  checkSeparateGroups(groups.reference, groups.generated);
  for (const [role, rows] of Object.entries(n)) {
    if (rows < 2) throw new RangeError(`the ${role} set has ${rows} rows and resampling needs 2: add images`);
  }
  const pool = options.pool ?? serialPool(statistic);
  return {
    blocks: {
      reference: blocksOf(n.reference, groups.reference, 'the reference set'),
      generated: blocksOf(n.generated, groups.generated, 'the generated set'),
    },
    whole: {
      reference: Int32Array.from({ length: n.reference }, (_, i) => i),
      generated: Int32Array.from({ length: n.generated }, (_, i) => i),
    },
    confidence,
    random: new RandomState(seed),
    measure: (draws) => pool(draws, onDraw),
  };
}
