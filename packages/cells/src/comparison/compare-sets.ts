import { holm, RandomState } from '@plateau/numerics';
import type { CellRecord, ImageStatistics } from '../statistics/cell-statistics.js';
import type { CellMeasurement } from '../statistics/measure-cells.js';
import { requireComparable, resolutionWarnings } from './comparable.js';
import { conformalPValues, physicalDistances } from './conformal.js';
import { cohensD, energyDistance, kolmogorovSmirnov, wasserstein1 } from './sample-distances.js';

/** What is compared: of whole cells, and of images. */
export const CELL_PROPERTIES = [
  'equivalentDiameter',
  'circularity',
  'aspectRatio',
  'feretMax',
  'neighbours',
  'wallWidth',
] as const;
export const IMAGE_PROPERTIES = [
  'cellDensity',
  'porosity',
  'wallWidth',
  'wallCompleteness',
  'windowsPerFace',
  'vertexDegree',
  'chordLength',
] as const;

/** How sets are compared. */
export interface CompareOptions {
  /** Permutations of images for p-values, bootstrap draws, and random halves for the floor; 200 by default. */
  readonly draws?: number;
  readonly seed?: number;
  /** Images with a p-value below this could not be reference images; 0.05 by default. */
  readonly level?: number;
}

/** One property, the generated set against the reference. */
export interface PropertyComparison {
  /** `cell.` or `image.` and the property. */
  readonly property: string;
  /** In the property's own unit. */
  readonly wasserstein: number;
  /** 95 % bootstrap interval of the distance: images, not cells, are drawn anew in both sets. */
  readonly interval: readonly [low: number, high: number];
  /** The mean distance of two random halves of the reference. */
  readonly floor: number;
  /** wasserstein / floor: about 1 when the sets can't be told apart. */
  readonly timesFloor: number;
  readonly kolmogorovSmirnov: number;
  readonly energy: number;
  /** Cohen's d; above 0 when generated is larger. */
  readonly effect: number;
  /** Permutation test over images, not cells, since cells of one image are not independent. */
  readonly pValue: number;
  readonly correctedPValue: number;
}

/** Two sets of measured images. */
export interface SetComparison {
  readonly unit: string;
  readonly properties: readonly PropertyComparison[];
  /** Root mean square of the properties' distances over their floors: 1 is as near as the reference is to itself. */
  readonly physicalDistance: number;
  /** For each generated image: could it be a reference image? */
  readonly imagePValues: readonly number[];
  /** Share of generated images whose p-value is below the level; NaN when there are too few reference images for any. */
  readonly invalidShare: number;
  /** Generated images by p-value, worst first. */
  readonly worstFirst: readonly number[];
  readonly warnings: readonly string[];
}

/**
 * Compares generated images with reference ones, property by property.
 * @throws RangeError when a set has fewer than two images or the units differ
 */
export function compareSets(
  reference: readonly CellMeasurement[],
  generated: readonly CellMeasurement[],
  { draws = 200, seed = 0, level = 0.05 }: CompareOptions = {},
): SetComparison {
  requireComparable(reference, generated);
  const random = new RandomState(seed);
  const compared = [
    ...CELL_PROPERTIES.map((key) =>
      property(`cell.${key}`, (image) => image.cells.filter(isWhole).map((cell) => cell[key])),
    ),
    ...IMAGE_PROPERTIES.map((key) => property(`image.${key}`, ({ image }) => [image[key]])),
  ].filter((found) => found !== undefined);
  const corrected = holm(compared.map(({ pValue }) => pValue));
  const properties = compared.map((found, k) => ({ ...found, correctedPValue: corrected[k]! }));
  const [own, other] = physicalDistances(reference.map(vectorOf), generated.map(vectorOf));
  const imagePValues = conformalPValues(own, other);
  const worstFirst = imagePValues
    .map((_, i) => i)
    .sort((a, b) => imagePValues[a]! - imagePValues[b]! || other[b]! - other[a]!);
  const leastPValue = 1 / (reference.length + 1);
  const isSayable = leastPValue < level;
  const finite = properties.map(({ timesFloor }) => timesFloor).filter(Number.isFinite);
  return {
    unit: reference[0]!.image.unit,
    properties,
    physicalDistance: Math.sqrt(finite.reduce((sum, value) => sum + value * value, 0) / finite.length),
    imagePValues,
    invalidShare: isSayable ? imagePValues.filter((p) => p < level).length / imagePValues.length : NaN,
    worstFirst,
    warnings: [
      ...(isSayable
        ? []
        : [
            `${reference.length} reference images: no p-value can be below ${leastPValue.toFixed(3)}, so no image can be called invalid; give ${Math.floor(1 / level)} or more`,
          ]),
      ...resolutionWarnings(reference, generated),
    ],
  };

  function property(
    name: string,
    values: (image: CellMeasurement) => number[],
  ): Omit<PropertyComparison, 'correctedPValue'> | undefined {
    const read = (set: readonly CellMeasurement[]): number[][] =>
      set.map((image) => values(image).filter(Number.isFinite)).filter((list) => list.length > 0);
    const [x, y] = [read(reference), read(generated)];
    if (x.length < 2 || y.length === 0) return undefined;
    const [allX, allY] = [x.flat(), y.flat()];
    const wasserstein = wasserstein1(allX, allY);
    const half = Math.floor(x.length / 2);
    let [floor, asFar] = [0, 1];
    const resampled = new Float64Array(draws);
    for (let draw = 0; draw < draws; draw++) {
      const mixed = shuffled(x, random);
      floor += wasserstein1(mixed.slice(0, half).flat(), mixed.slice(half).flat()) / draws;
      resampled[draw] = wasserstein1(redrawn(x, random).flat(), redrawn(y, random).flat());
      const pooled = shuffled([...x, ...y], random);
      if (wasserstein1(pooled.slice(0, x.length).flat(), pooled.slice(x.length).flat()) >= wasserstein) asFar++;
    }
    return {
      property: name,
      wasserstein,
      interval: middle95(resampled.sort()),
      floor,
      timesFloor: floor > 0 ? wasserstein / floor : wasserstein > 0 ? Infinity : 1,
      kolmogorovSmirnov: kolmogorovSmirnov(allX, allY),
      energy: energyDistance(allX, allY),
      effect: cohensD(allX, allY),
      pValue: asFar / (draws + 1),
    };
  }
}

function isWhole({ touchesBorder }: CellRecord): boolean {
  return !touchesBorder;
}

function vectorOf({ image }: CellMeasurement): number[] {
  const keys: (keyof ImageStatistics)[] = [...IMAGE_PROPERTIES, 'equivalentDiameter', 'circularity', 'neighbours'];
  return keys.map((key) => image[key] as number);
}

function redrawn<T>(items: readonly T[], random: RandomState): T[] {
  return items.map(() => items[random.randint(items.length)]!);
}

function middle95(sorted: Float64Array): [low: number, high: number] {
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return [at(0.025), at(0.975)];
}

function shuffled<T>(items: readonly T[], random: RandomState): T[] {
  return Array.from(random.permutation(items.length), (i) => items[i]!);
}
