import { median, medianAbsoluteDeviation, standardDeviation } from 'simple-statistics';

/**
 * How far images lie from the reference: the root mean square of their properties' distances from the reference's medians,
 * in units of 1.4826 times its median absolute deviation. A reference image is measured against the others, as if it were
 * not in the set. A property that can't be read counts as ten units, as does another value than one that never varies.
 * @returns distances of the reference's own images and of the generated ones
 */
export function physicalDistances(
  reference: readonly (readonly number[])[],
  generated: readonly (readonly number[])[],
): [reference: number[], generated: number[]] {
  const scales = scalesOf(reference);
  return [
    reference.map((row, i) => distance(row, scalesOf(reference.toSpliced(i, 1)))),
    generated.map((row) => distance(row, scales)),
  ];
}

/** Where a property's values lie and how far they spread; undefined when none can be read. */
type Scale = { readonly middle: number; readonly spread: number } | undefined;

function scalesOf(rows: readonly (readonly number[])[]): Scale[] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, k) => {
    const values = rows.map((row) => row[k]!).filter(Number.isFinite);
    if (values.length === 0) return undefined;
    // Where more than half of the values are the same, their median deviation says nothing.
    const robust = 1.4826 * medianAbsoluteDeviation(values);
    const spread = robust > 0 ? robust : standardDeviation(values);
    const middle = median(values);
    // A property that hardly varies must not rule: a hundredth of its size is the least spread.
    return { middle, spread: Math.max(spread, 0.01 * Math.abs(middle)) };
  });
}

const UNREADABLE = 10;
const MOST = 1000;

function distance(row: readonly number[], scales: readonly Scale[]): number {
  const terms = scales.flatMap((scale, k) => {
    if (!scale) return [];
    const off = Math.abs(row[k]! - scale.middle);
    if (!Number.isFinite(off)) return [UNREADABLE];
    if (off === 0) return [0];
    return [scale.spread > 0 ? Math.min(off / scale.spread, MOST) : UNREADABLE];
  });
  return Math.sqrt(terms.reduce((sum, term) => sum + term * term, 0) / Math.max(terms.length, 1));
}

/**
 * Conformal p-values (Vovk, Gammerman and Shafer 2005): the share of reference images, the image itself counted with them,
 * that are at least as strange. Under exchangeability at most a share p of reference images has a p-value up to p.
 * @example conformalPValues([1, 2, 3], [2.5, 9]) // => [0.5, 0.25]
 */
export function conformalPValues(reference: readonly number[], generated: readonly number[]): number[] {
  return generated.map((value) => (1 + reference.filter((own) => own >= value).length) / (reference.length + 1));
}
