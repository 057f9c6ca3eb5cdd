import type { Length } from '@plateau/images';
import { maskWhere, requireSameSize, type LabelMap, type Mask } from '../raster/raster.js';
import { countFreeWallEnds } from './free-wall-ends.js';
import type { CellRecord, ImageStatistics } from './cell-statistics.js';
import { measureShapes, type CellShape } from './cell-shapes.js';
import { measureChords } from './chords.js';
import { eulerNumber } from './euler-number.js';
import { findFaces, type Face } from './faces.js';
import { requirePixelSize } from './pixel-scale.js';
import { growTerritories } from './territories.js';
import { findVertices, type Vertex } from './vertices.js';
import { weightedDeviation, weightedMean, weightedQuantile } from './weighted.js';

/** How cells are measured. */
export interface MeasureOptions {
  /** Where the image shows wall; by default where there is no cell. */
  readonly walls?: Mask;
  /** The side of a pixel; numbers are in pixels, and say so, without it. */
  readonly pixelSize?: Length;
}

/** All that is measured on one image. */
export interface CellMeasurement {
  readonly cells: readonly CellRecord[];
  readonly image: ImageStatistics;
  /** Walls between neighbours, lengths in pixels. */
  readonly faces: readonly Face[];
  /** Positions in pixels. */
  readonly vertices: readonly Vertex[];
}

/**
 * Measures the cells of a label map, and the image as a whole.
 *
 * Sizes leave cells at the border out and weight the others by Miles–Lantuéjoul, since a large cell is cut by the border
 * more often; the count takes cells at the border as ½.
 * @param labels 0 for wall
 * @throws RangeError when the walls have another size, or the pixel size can't be
 * @example measureCells(labels, { pixelSize: { value: 0.1, unit: 'um' } }).image.equivalentDiameter // => in µm
 */
export function measureCells(labels: LabelMap, options: MeasureOptions = {}): CellMeasurement {
  const { walls = maskWhere(labels, (label) => label === 0) } = options;
  const { value: scale, unit } = requirePixelSize(options.pixelSize ?? { value: 1, unit: 'px' });
  requireSameSize('measureCells', labels, walls);
  const territories = growTerritories(labels);
  const vertices = findVertices(territories.labels);
  const faces = findFaces(territories, walls);
  const shapes = measureShapes(labels);
  const facesOf: Face[][] = Array.from({ length: labels.count + 1 }, () => []);
  for (const face of faces) {
    facesOf[face.a]!.push(face);
    facesOf[face.b]!.push(face);
  }
  const cells = shapes.map((shape, k) => cellRecord(k + 1, shape, facesOf[k + 1]!, labels, scale));
  const image = imageStatistics({ labels, walls, cells, faces, vertices, scale, unit });
  return { cells, image, faces, vertices };
}

function cellRecord(
  cell: number,
  shape: CellShape,
  faces: Face[],
  { width, height }: LabelMap,
  scale: number,
): CellRecord {
  const { area, perimeter, touchesBorder, boxWidth, boxHeight, majorAxis, minorAxis } = shape;
  const elements = faces.map((face) => face.elements);
  return {
    cell,
    x: shape.x * scale,
    y: shape.y * scale,
    area: area * scale * scale,
    equivalentDiameter: Math.sqrt((4 * area) / Math.PI) * scale,
    perimeter: perimeter * scale,
    perimeterBenkridCrookes: shape.perimeterBenkridCrookes * scale,
    circularity: (4 * Math.PI * area) / perimeter ** 2,
    aspectRatio: minorAxis > 0 ? majorAxis / minorAxis : NaN,
    majorAxis: majorAxis * scale,
    minorAxis: minorAxis * scale,
    orientation: shape.orientation,
    feretMax: shape.feretMax * scale,
    feretMin: shape.feretMin * scale,
    solidity: shape.solidity,
    touchesBorder,
    weight: touchesBorder ? 0 : (width * height) / ((width - boxWidth + 1) * (height - boxHeight + 1)),
    neighbours: faces.length,
    wallWidth:
      weightedMean(
        faces.map((face) => face.width),
        elements,
      ) * scale,
    wallCompleteness: weightedMean(
      faces.map((face) => face.covered),
      elements,
    ),
    windows: faces.filter((face) => face.covered < 0.5).length,
  };
}

interface ImageParts {
  readonly labels: LabelMap;
  readonly walls: Mask;
  readonly cells: readonly CellRecord[];
  readonly faces: readonly Face[];
  readonly vertices: readonly Vertex[];
  readonly scale: number;
  readonly unit: Length['unit'];
}

function imageStatistics({ labels, walls, cells, faces, vertices, scale, unit }: ImageParts): ImageStatistics {
  const { width, height } = labels;
  const area = width * height;
  const inCells = cellMask(labels);
  let cellArea = 0;
  for (let i = 0; i < area; i++) cellArea += inCells.data[i]!;
  const weights = cells.map(({ weight }) => weight);
  const whole = cells.filter(({ touchesBorder }) => !touchesBorder);
  const corrected = whole.length + 0.5 * (cells.length - whole.length);
  const mean = (
    key: 'equivalentDiameter' | 'circularity' | 'aspectRatio' | 'feretMax' | 'solidity' | 'neighbours',
  ): number =>
    weightedMean(
      cells.map((cell) => cell[key]),
      weights,
    );
  const diameters = cells.map((cell) => cell.equivalentDiameter);
  const byArea = cells.map((cell) => cell.weight * cell.area);
  const chords = measureChords(labels);
  const chordLength = chords.mean * scale;
  const elements = faces.map((face) => face.elements);
  const long = longFaces(faces);
  const walled = long.map((face) => face.length * face.covered);
  const widths = long.map((face) => face.width);
  const wallWidth = weightedMean(widths, walled);
  const lineLength = middleLength(faces);
  const threes = vertices.filter(({ degree }) => degree === 3);
  const angles = threes.flatMap((vertex) => vertex.angles);
  const open = cells.filter((cell) => cell.windows > 0).length;
  return {
    unit,
    pixelSize: scale,
    width,
    height,
    cellCount: cells.length,
    cellCountCorrected: corrected,
    cellDensity: corrected / (area * scale * scale),
    porosity: cellArea / area,
    relativeDensity: 1 - cellArea / area,
    equivalentDiameter: mean('equivalentDiameter'),
    equivalentDiameterDeviation: weightedDeviation(diameters, weights),
    d10: weightedQuantile(diameters, weights, 0.1),
    d50: weightedQuantile(diameters, weights, 0.5),
    d90: weightedQuantile(diameters, weights, 0.9),
    areaWeightedD10: weightedQuantile(diameters, byArea, 0.1),
    areaWeightedD50: weightedQuantile(diameters, byArea, 0.5),
    areaWeightedD90: weightedQuantile(diameters, byArea, 0.9),
    circularity: mean('circularity'),
    aspectRatio: mean('aspectRatio'),
    feretMax: mean('feretMax'),
    solidity: mean('solidity'),
    alignment: alignment(cells),
    chordLength,
    chordAnisotropy: chords.vertical / chords.horizontal,
    cellSizeD3576: 1.623 * chordLength,
    grainSizeE112: grainSizeE112(chordLength, unit),
    wallWidth: wallWidth * scale,
    wallWidthDeviation: weightedDeviation(widths, walled) * scale,
    wallWidthByArea: ((area - cellArea) / lineLength) * scale,
    wallCompleteness: weightedMean(
      faces.map((face) => face.covered),
      elements,
    ),
    freeWallEnds: countFreeWallEnds(walls, {
      leastLength: Math.max(5, Math.ceil(2.5 * (wallWidth || 0))),
      leastGap: Math.ceil(2 * (wallWidth || 0)),
    }),
    windowsPerFace: faces.length > 0 ? faces.filter((face) => face.covered < 0.5).length / faces.length : NaN,
    openCells: cells.length > 0 ? open / cells.length : NaN,
    neighbours: mean('neighbours'),
    vertexDegree: average(vertices.map(({ degree }) => degree)),
    vertexDegree3: vertices.length > 0 ? threes.length / vertices.length : NaN,
    vertexAngleDeviation: Math.sqrt(average(angles.map((angle) => (angle - 120) ** 2))),
    eulerNumber: eulerNumber(inCells),
    warnings: warningsFor(cells, whole.length, wallWidth, unit),
  };
}

function cellMask({ data, width, height }: LabelMap): Mask {
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < mask.length; i++) mask[i] = Number(data[i]! > 0);
  return { data: mask, width, height };
}

/** The longer half of the faces: in shorter ones the thickening at both ends reaches the middle. */
function longFaces(faces: readonly Face[]): readonly Face[] {
  const lengths = faces.map(({ length }) => length).sort((a, b) => a - b);
  const median = lengths[lengths.length >> 1]!;
  return faces.filter(({ length }) => length >= median);
}

/** Pixel sides along a line overstate its length by 4/π on average over all directions. */
function middleLength(faces: readonly Face[]): number {
  return (Math.PI / 4) * faces.reduce((sum, face) => sum + face.elements, 0);
}

function alignment(cells: readonly CellRecord[]): number {
  const weights = cells.map(({ weight }) => weight);
  const doubled = cells.map(({ orientation }) => (2 * orientation * Math.PI) / 180);
  return Math.hypot(weightedMean(doubled.map(Math.cos), weights), weightedMean(doubled.map(Math.sin), weights));
}

/** ASTM E112: G = −6.643856·log10(mean intercept in mm) − 3.288. */
function grainSizeE112(chord: number, unit: Length['unit']): number {
  const millimetres = { nm: 1e-6, um: 1e-3, mm: 1, px: NaN }[unit] * chord;
  return -6.643856 * Math.log10(millimetres) - 3.288;
}

function average(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN;
}

function warningsFor(cells: readonly CellRecord[], whole: number, wallWidth: number, unit: Length['unit']): string[] {
  const warnings: string[] = [];
  if (unit === 'px') warnings.push('the pixel size is unknown: lengths are in pixels');
  if (cells.length === 0) warnings.push('no cell: there is nothing to average');
  else if (whole === 0) warnings.push('every cell touches the border: sizes are unknown');
  if (wallWidth < 2)
    warnings.push(`walls are ${wallWidth.toFixed(2)} px wide: under 2 px the number is limited by the resolution`);
  return warnings;
}
