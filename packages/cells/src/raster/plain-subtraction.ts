import type { Raster } from './raster.js';

/** Takes rows from an image's rows. */
export interface RowSubtraction {
  /** A row, to be written. */
  readonly above: Float64Array;
  /** Another. */
  readonly below: Float64Array;
  /** Subtracts from row y what lies at a share of the way from `above` to `below`. */
  subtract(y: number, share: number): void;
  /** The image, less what was subtracted. */
  result(): Float32Array<ArrayBuffer>;
}

/** A subtraction without WebAssembly. */
export function plainSubtraction({ data, width }: Raster): RowSubtraction {
  const result = data.slice();
  const above = new Float64Array(width);
  const below = new Float64Array(width);
  return {
    above,
    below,
    subtract(y, share) {
      for (let x = 0, i = y * width; x < width; x++, i++) result[i]! -= above[x]! + share * (below[x]! - above[x]!);
    },
    result: () => result,
  };
}
