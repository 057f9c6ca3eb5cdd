import { median } from 'simple-statistics';
import type { CellMeasurement } from '../statistics/measure-cells.js';

/**
 * Whether two sets can be compared at all: sets whose walls are bright in one and dark in the other can't.
 * @returns the reason why not, undefined when they can
 */
export function polarityConflict(reference: readonly string[], generated: readonly string[]): string | undefined {
  const [x, y] = [mostFrequent(reference), mostFrequent(generated)];
  if (x === undefined || y === undefined || x === y) return undefined;
  return (
    `the reference has ${x.replace('-', ' ')} and the generated images have ${y.replace('-', ' ')}: ` +
    'their cells are not the same thing, so nothing is compared; the generator inverts the contrast'
  );
}

/**
 * For each generated image whether its walls are dark where those of every reference image are bright, or the other way round.
 * @param reference polarities; undefined for an image without cells, which has no walls
 */
export function haveOtherWalls(
  reference: readonly (string | undefined)[],
  generated: readonly (string | undefined)[],
): boolean[] {
  const usual = new Set(reference.filter((polarity) => polarity !== undefined));
  return generated.map((polarity) => polarity !== undefined && usual.size > 0 && !usual.has(polarity));
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** @throws RangeError when there is less than two reference images and a generated one, or the units differ */
export function requireComparable(reference: readonly CellMeasurement[], generated: readonly CellMeasurement[]): void {
  if (reference.length < 2 || generated.length === 0) {
    throw new RangeError(
      `compareSets: ${reference.length} reference and ${generated.length} generated images, expected two and one or more`,
    );
  }
  const units = new Set([...reference, ...generated].map(({ image }) => image.unit));
  if (units.size > 1) {
    throw new RangeError(
      `compareSets: units differ (${[...units].join(', ')}), expected one; give both sets a pixel size`,
    );
  }
}

/** Lengths can be compared at any resolution, but thin walls and small cells are not seen at all of them. */
export function resolutionWarnings(
  reference: readonly CellMeasurement[],
  generated: readonly CellMeasurement[],
): string[] {
  const [x, y] = [reference, generated].map((set) => median(set.map(({ image }) => image.pixelSize))) as [
    number,
    number,
  ];
  if (Math.abs(Math.log(x / y)) < 0.05) return [];
  const { unit } = reference[0]!.image;
  return [`pixels of ${x} and ${y} ${unit}: what is seen of thin walls and small cells differs with the resolution`];
}

/** What so few images can't show, however far the sets are from each other. */
export function fewWarnings(
  reference: number,
  generated: number,
  { level, properties }: { readonly level: number; readonly properties: number },
): string[] {
  const warnings: string[] = [];
  const least = 1 / (reference + 1);
  if (!(least < level)) {
    warnings.push(
      `${reference} reference images: no p-value can be below ${least.toFixed(3)}, so no image can be called invalid; give ${Math.floor(1 / level)} or more`,
    );
  }
  // Of two sets of one size the exchanged ones are as far apart.
  const leastOfSets = (reference === generated ? 2 : 1) / waysToChoose(generated, reference + generated);
  if (!(properties * leastOfSets < level)) {
    warnings.push(
      `${reference} and ${generated} images: no difference in one property can be significant after Holm's correction; give more`,
    );
  }
  return warnings;
}

function waysToChoose(chosen: number, all: number): number {
  let ways = 1;
  for (let k = 1; k <= chosen; k++) ways *= (all - chosen + k) / k;
  return ways;
}
