import type { Length } from '@plateau/images';

/** One cell; lengths in the unit of the pixel size, areas in its square, angles in degrees. */
export interface CellRecord {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
  readonly area: number;
  /** Diameter of the disc of equal area. */
  readonly equivalentDiameter: number;
  /** Crofton's estimate with four directions. */
  readonly perimeter: number;
  /** Benkrid and Crookes' estimate. */
  readonly perimeterBenkridCrookes: number;
  /** 4π·area/perimeter² with Crofton's perimeter, 1 for a disc; tiny cells come out above 1 and are left so. */
  readonly circularity: number;
  /** Major over minor axis of the ellipse of equal moments; NaN for a line of pixels. */
  readonly aspectRatio: number;
  readonly majorAxis: number;
  readonly minorAxis: number;
  readonly orientation: number;
  readonly feretMax: number;
  readonly feretMin: number;
  readonly solidity: number;
  readonly touchesBorder: boolean;
  /** Miles–Lantuéjoul: W·H/((W−w+1)(H−h+1)) for a cell whose bounding box is w×h; 0 for one that touches the border. */
  readonly weight: number;
  /** Cells it shares a face with: its sides, its coordination number. */
  readonly neighbours: number;
  /** Mean width of its walls. */
  readonly wallWidth: number;
  /** Covered share of its walls. */
  readonly wallCompleteness: number;
  /** Faces of which less than half is wall. */
  readonly windows: number;
}

/** One image; lengths in `unit`. NaN where there is nothing to average. */
export interface ImageStatistics {
  readonly unit: Length['unit'];
  readonly pixelSize: number;
  readonly width: number;
  readonly height: number;
  /** All labelled cells. */
  readonly cellCount: number;
  /** Cells at the border count ½. */
  readonly cellCountCorrected: number;
  /** Corrected count over the area. */
  readonly cellDensity: number;
  /** Share of the area that is cell. */
  readonly porosity: number;
  /** Share of the area that is no cell: relative density if walls are solid. */
  readonly relativeDensity: number;
  /** Of whole cells, each with its Miles–Lantuéjoul weight. */
  readonly equivalentDiameter: number;
  readonly equivalentDiameterDeviation: number;
  readonly d10: number;
  readonly d50: number;
  readonly d90: number;
  /** The same quantiles with each cell counted by its area too. */
  readonly areaWeightedD10: number;
  readonly areaWeightedD50: number;
  readonly areaWeightedD90: number;
  readonly circularity: number;
  readonly aspectRatio: number;
  readonly feretMax: number;
  readonly solidity: number;
  /** Length of the mean vector of doubled orientations, 0 (all ways) to 1 (all one way). */
  readonly alignment: number;
  /** Mean intercept of rows and columns. */
  readonly chordLength: number;
  /** Vertical over horizontal mean intercept. */
  readonly chordAnisotropy: number;
  /** ASTM D3576: mean intercept × 1.623. */
  readonly cellSizeD3576: number;
  /** ASTM E112 grain size number G; NaN without a physical pixel size. */
  readonly grainSizeE112: number;
  /** Mean over the longer half of the faces, by their length, where cells are parted by wall. */
  readonly wallWidth: number;
  readonly wallWidthDeviation: number;
  /** Area of the walls over the length of the lines in their middle. */
  readonly wallWidthByArea: number;
  /** Covered share of the length of all lines between cells. */
  readonly wallCompleteness: number;
  /** Tips of walls that stand out by 2.5 wall widths or more, more than two widths from any other wall. */
  readonly freeWallEnds: number;
  readonly windowsPerFace: number;
  /** Share of cells with a window. */
  readonly openCells: number;
  /** Mean number of neighbours of whole cells. */
  readonly neighbours: number;
  /** Mean number of cells that meet in a vertex, and the share of vertices where three do. */
  readonly vertexDegree: number;
  readonly vertexDegree3: number;
  /** Root mean square of the angles' deviation from 120°, where three cells meet. */
  readonly vertexAngleDeviation: number;
  /** Components less holes of the cells. */
  readonly eulerNumber: number;
  readonly warnings: readonly string[];
}
