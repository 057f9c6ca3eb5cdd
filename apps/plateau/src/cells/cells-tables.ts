import { SPATIAL_FUNCTIONS, toCsv, type CellRecord, type ImageStatistics } from '@plateau/cells';
import type { AnalysedImage } from './analyse-image.js';
import type { AnalysedSet } from './analyse-images.js';

type CellColumn = keyof CellRecord;
type ImageColumn = Exclude<keyof ImageStatistics, 'warnings'>;

const cellColumns: readonly CellColumn[] = [
  'cell',
  'area',
  'equivalentDiameter',
  'perimeter',
  'circularity',
  'aspectRatio',
  'feretMax',
  'feretMin',
  'touchesBorder',
  'weight',
  'neighbours',
  'wallWidth',
  'wallCompleteness',
  'windows',
  'orientation',
  'solidity',
  'majorAxis',
  'minorAxis',
  'perimeterBenkridCrookes',
  'x',
  'y',
];

/** Of spatial statistics, where they were asked for. */
const spatialColumns = ['poreSize', 'wallThickness', 'correlationLength'] as const;

const imageColumns: readonly ImageColumn[] = [
  'cellCount',
  'cellCountCorrected',
  'cellDensity',
  'porosity',
  'relativeDensity',
  'equivalentDiameter',
  'equivalentDiameterDeviation',
  'd10',
  'd50',
  'd90',
  'areaWeightedD10',
  'areaWeightedD50',
  'areaWeightedD90',
  'circularity',
  'aspectRatio',
  'feretMax',
  'solidity',
  'alignment',
  'chordLength',
  'chordAnisotropy',
  'cellSizeD3576',
  'grainSizeE112',
  'wallWidth',
  'wallWidthDeviation',
  'wallWidthByArea',
  'wallCompleteness',
  'freeWallEnds',
  'windowsPerFace',
  'openCells',
  'neighbours',
  'vertexDegree',
  'vertexDegree3',
  'vertexAngleDeviation',
  'eulerNumber',
  'unit',
  'pixelSize',
  'width',
  'height',
];

/** `cells.csv`: a row a cell. */
export function cellsCsv(images: readonly AnalysedImage[]): string {
  const rows = images.flatMap(({ file, measurement }) =>
    measurement.cells.map((cell) => ({ ...cell, file, unit: measurement.image.unit })),
  );
  return toCsv(['file', ...cellColumns, 'unit'], rows);
}

/**
 * `images.csv`: a row an image.
 * @param pValues of a comparison: could the image be a reference image?
 */
export function imagesCsv(images: readonly AnalysedImage[], pValues: readonly number[] = []): string {
  const rows = images.map(({ file, label = '', measurement, spatial, warnings }, i) => ({
    ...measurement.image,
    ...(spatial ?? { poreSize: NaN, wallThickness: NaN, correlationLength: NaN }),
    unit: measurement.image.unit,
    file,
    class: label,
    pValue: pValues[i] ?? NaN,
    warnings: warnings.join('; '),
  }));
  return toCsv(['file', 'class', ...imageColumns, ...spatialColumns, 'pValue', 'warnings'], rows);
}

/** `spatial.csv`: a row for each whole number of pixels of each spatial function of each image. */
export function spatialCsv(images: readonly AnalysedImage[]): string {
  const rows = images.flatMap(({ file, spatial }) =>
    SPATIAL_FUNCTIONS.flatMap((name) =>
      (spatial?.[name] ?? []).map((value, k) => ({
        file,
        function: name,
        length: k * spatial!.pixelSize,
        value,
        unit: spatial!.unit,
      })),
    ),
  );
  return toCsv(['file', 'function', 'length', 'value', 'unit'], rows);
}

/**
 * Mean and deviation over images of each number, images without it left out; the whole set and, with labels, by class; files
 * that were left out, and why.
 */
export function summarise({ images, skipped }: AnalysedSet): Record<string, unknown> {
  const classes = [...new Set(images.flatMap(({ label }) => label ?? []))];
  return {
    images: images.length,
    cells: images.reduce((sum, { measurement }) => sum + measurement.cells.length, 0),
    unit: images[0]?.measurement.image.unit ?? 'px',
    ...(skipped.length > 0 && { skipped }),
    ...means(images),
    ...(classes.length > 0 && {
      classes: Object.fromEntries(
        classes.map((name) => {
          const own = images.filter(({ label }) => label === name);
          return [name, { images: own.length, ...means(own) }];
        }),
      ),
    }),
  };
}

function means(images: readonly AnalysedImage[]): Record<string, { mean: number; deviation: number } | undefined> {
  const numeric = imageColumns.filter((key) => !['unit', 'pixelSize', 'width', 'height'].includes(key));
  return Object.fromEntries([
    ...numeric.map((key) => [key, spread(images.map(({ measurement }) => measurement.image[key] as number))]),
    ...spatialColumns.map((key) => [key, spread(images.map(({ spatial }) => spatial?.[key] ?? NaN))]),
  ]);
}

function spread(all: readonly number[]): { mean: number; deviation: number } | undefined {
  const values = all.filter(Number.isFinite);
  if (values.length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(values.length - 1, 1)) };
}
