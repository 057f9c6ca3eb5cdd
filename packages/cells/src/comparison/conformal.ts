import { median, medianAbsoluteDeviation } from 'simple-statistics';

/**
 * How far images lie from the reference: the root mean square of their properties' distances from the reference's medians,
 * in units of 1.4826 times its median absolute deviation. A property that can't be read counts as ten such units.
 * @returns distances of the reference's own images and of the generated ones
 */
export function physicalDistances(
  reference: readonly (readonly number[])[],
  generated: readonly (readonly number[])[],
): [reference: number[], generated: number[]] {
  const width = reference[0]?.length ?? 0;
  const scales = Array.from({ length: width }, (_, k) => {
    const values = reference.map((row) => row[k]!).filter(Number.isFinite);
    if (values.length === 0) return undefined;
    const middle = median(values);
    // A property that hardly varies must not rule: a hundredth of its size is the least spread.
    const spread = Math.max(1.4826 * medianAbsoluteDeviation(values), 0.01 * Math.abs(middle), 1e-12);
    return { middle, spread };
  });
  const distance = (row: readonly number[]): number => {
    const terms = scales.flatMap((scale, k) => {
      if (!scale) return [];
      const value = row[k]!;
      return [Number.isFinite(value) ? Math.min(Math.abs(value - scale.middle) / scale.spread, 1e6) : 10];
    });
    return Math.sqrt(terms.reduce((sum, term) => sum + term * term, 0) / Math.max(terms.length, 1));
  };
  return [reference.map(distance), generated.map(distance)];
}

/**
 * Conformal p-values (Vovk, Gammerman and Shafer 2005): the share of reference images, the image itself counted with them,
 * that are at least as strange. Under exchangeability at most a share p of reference images has a p-value up to p.
 * @example conformalPValues([1, 2, 3], [2.5, 9]) // => [0.5, 0.25]
 */
export function conformalPValues(reference: readonly number[], generated: readonly number[]): number[] {
  return generated.map((value) => (1 + reference.filter((own) => own >= value).length) / (reference.length + 1));
}
