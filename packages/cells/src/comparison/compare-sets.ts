import { holm, RandomState } from '@plateau/numerics';
import type { CellRecord, ImageStatistics } from '../statistics/cell-statistics.js';
import type { CellMeasurement } from '../statistics/measure-cells.js';
import { fewWarnings, requireComparable, resolutionWarnings } from './comparable.js';
import { compareProperty, type PropertyDistances } from './compare-property.js';
import { conformalPValues, physicalDistances } from './conformal.js';

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
  /** Bootstrap draws, and random halves for the floor; 200 by default. */
  readonly draws?: number;
  /** Permutations of images for p-values, which can't be below 1 / (permutations + 1); 999 by default. */
  readonly permutations?: number;
  readonly seed?: number;
  /** Images with a p-value below this could not be reference images; 0.05 by default. */
  readonly level?: number;
  /**
   * For each generated image whether it is unlike all reference images in what no property tells, such as walls that are dark
   * where the reference's are bright: it gets the least p-value. No image by default.
   */
  readonly isAlien?: readonly boolean[];
}

/** One property, the generated set against the reference. */
export interface PropertyComparison extends PropertyDistances {
  /** `cell.` or `image.` and the property. */
  readonly property: string;
  /** By Holm over all properties. */
  readonly correctedPValue: number;
}

/** Two sets of measured images. */
export interface SetComparison {
  readonly unit: string;
  readonly properties: readonly PropertyComparison[];
  /**
   * Root mean square of the properties' distances over their floors: 1 is as near as the reference is to itself. One that
   * never varies in the reference counts as ten times its Kolmogorov–Smirnov distance, one that no generated image has as ten.
   */
  readonly physicalDistance: number;
  /** For each generated image: could it be a reference image? */
  readonly imagePValues: readonly number[];
  /** Share of generated images whose p-value is below the level; NaN when there are too few reference images for any. */
  readonly invalidShare: number;
  /** Generated images by p-value, worst first. */
  readonly worstFirst: readonly number[];
  readonly warnings: readonly string[];
}

// What a property counts that has no floor to be measured by.
const WITHOUT_FLOOR = 10;

/**
 * Compares generated images with reference ones, property by property.
 * @throws RangeError when there are fewer than two reference images, no generated one, or the units differ
 */
export function compareSets(
  reference: readonly CellMeasurement[],
  generated: readonly CellMeasurement[],
  { draws = 200, permutations = 999, seed = 0, level = 0.05, isAlien = [] }: CompareOptions = {},
): SetComparison {
  requireComparable(reference, generated);
  const random = new RandomState(seed);
  const unread: string[] = [];
  const compared = READINGS.flatMap(({ property, read }) => {
    const [x, y] = [reference, generated].map((set) =>
      set.map((image) => read(image).filter(Number.isFinite)).filter((values) => values.length > 0),
    ) as [number[][], number[][]];
    if (x.length < 2) return [];
    if (y.length > 0) return [{ property, ...compareProperty(x, y, { draws, permutations, random }) }];
    unread.push(property);
    return [];
  });
  const corrected = holm(compared.map(({ pValue }) => pValue));
  const properties = compared.map((found, k) => ({ ...found, correctedPValue: corrected[k]! }));
  const [own, measured] = physicalDistances(reference.map(vectorOf), generated.map(vectorOf));
  const other = measured.map((distance, i) => (isAlien[i] ? Infinity : distance));
  const imagePValues = conformalPValues(own, other);
  const worstFirst = imagePValues
    .map((_, i) => i)
    .sort(
      (a, b) => imagePValues[a]! - imagePValues[b]! || Number(other[b]! > other[a]!) - Number(other[a]! > other[b]!),
    );
  const isSayable = 1 / (reference.length + 1) < level;
  return {
    unit: reference[0]!.image.unit,
    properties,
    physicalDistance: rootMeanSquare([...properties.map(floorsOf), ...unread.map(() => WITHOUT_FLOOR)]),
    imagePValues,
    invalidShare: isSayable ? imagePValues.filter((p) => p < level).length / imagePValues.length : NaN,
    worstFirst,
    warnings: [
      ...fewWarnings(reference.length, generated.length, { level, properties: properties.length }),
      ...(unread.length > 0
        ? [`no generated image has ${unread.join(', ')}: each counts as ${WITHOUT_FLOOR} floors`]
        : []),
      ...resolutionWarnings(reference, generated),
    ],
  };
}

/** A property, and its values in an image. */
interface Reading {
  readonly property: string;
  readonly read: (image: CellMeasurement) => number[];
}

const READINGS: readonly Reading[] = [
  ...CELL_PROPERTIES.map((key) => ({
    property: `cell.${key}`,
    read: ({ cells }: CellMeasurement) => cells.filter(isWhole).map((cell) => cell[key]),
  })),
  ...IMAGE_PROPERTIES.map((key) => ({
    property: `image.${key}`,
    read: ({ image }: CellMeasurement) => [image[key]],
  })),
];

function isWhole({ touchesBorder }: CellRecord): boolean {
  return !touchesBorder;
}

function vectorOf({ image }: CellMeasurement): number[] {
  const keys: (keyof ImageStatistics)[] = [...IMAGE_PROPERTIES, 'equivalentDiameter', 'circularity', 'neighbours'];
  return keys.map((key) => image[key] as number);
}

function floorsOf({ timesFloor, kolmogorovSmirnov }: PropertyDistances): number {
  return Number.isFinite(timesFloor) ? timesFloor : WITHOUT_FLOOR * kolmogorovSmirnov;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
