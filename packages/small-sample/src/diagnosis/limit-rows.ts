import { RandomState, selectRows, type Matrix } from '@plateau/numerics';

/** Rows of a set that were drawn, and which. */
export interface LimitedRows {
  readonly features: Matrix;
  /** The rows drawn, ascending; missing where all are kept. */
  readonly rows?: Int32Array;
}

/** At most so many rows of a set, drawn at random. */
export function limitRows(features: Matrix, most: number, seed: number): LimitedRows {
  if (features.rows <= most) return { features };
  const rows = new RandomState(seed).choice(features.rows, most).sort();
  return { features: selectRows(features, rows), rows };
}
