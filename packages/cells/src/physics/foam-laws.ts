import { linearRegression } from 'simple-statistics';
import type { CellRecord } from '../statistics/cell-statistics.js';
import type { CellMeasurement } from '../statistics/measure-cells.js';
import { defineLaw, type Law, type LawReading } from './law.js';

const plateauDegree = defineLaw({
  id: 'plateau-degree',
  title: 'three walls meet in a vertex',
  source: 'Plateau 1873',
  read: ({ image }) => ({ value: image.vertexDegree3, deviation: 1 - image.vertexDegree3 }),
});

const plateauAngles = defineLaw({
  id: 'plateau-angles',
  title: 'walls meet at 120°',
  source: 'Plateau 1873',
  read: ({ image }) => ({ value: image.vertexAngleDeviation, deviation: image.vertexAngleDeviation }),
});

const sixSides = defineLaw({
  id: 'six-sides',
  title: 'cells have six sides on average',
  source: "Euler's formula for a plane trivalent network",
  read: ({ image }) => ({ value: image.neighbours, deviation: Math.abs(image.neighbours - 6) }),
});

const completeWalls = defineLaw({
  id: 'complete-walls',
  title: 'walls close their cells',
  source: 'share of the lines between cells that is wall',
  read: ({ image }) => ({ value: image.wallCompleteness, deviation: 1 - image.wallCompleteness }),
});

const noFreeEnds = defineLaw({
  id: 'no-free-ends',
  title: 'no wall ends in the open',
  source: 'free ends of the walls’ skeleton for each cell',
  read: ({ image }) => {
    const value = image.freeWallEnds / image.cellCount;
    return { value, deviation: value };
  },
});

const interconnection = defineLaw({
  id: 'interconnection',
  title: 'the share of faces that are windows',
  source: 'windows for each face',
  read: ({ image }) => ({ value: image.windowsPerFace, deviation: image.windowsPerFace }),
});

const lewis = defineLaw({
  id: 'lewis',
  title: 'mean area grows linearly with the number of sides',
  source: 'Lewis 1928',
  read: (measurement) => linearity(bySides(wholeCells(measurement), (cell) => cell.area)),
});

const aboavWeaire = defineLaw({
  id: 'aboav-weaire',
  title: 'sides × mean sides of the neighbours grow linearly with the number of sides',
  source: 'Aboav 1970, Weaire 1974',
  read: (measurement) => {
    const { cells, faces } = measurement;
    const [sums, counts] = [new Float64Array(cells.length + 1), new Float64Array(cells.length + 1)];
    const count = (cell: number, neighbour: number): void => {
      const { touchesBorder, neighbours } = cells[neighbour - 1]!;
      // Of a cell at the border some sides lie outside the image.
      if (touchesBorder) return;
      sums[cell]! += neighbours;
      counts[cell]!++;
    };
    for (const { a, b } of faces) {
      count(a, b);
      count(b, a);
    }
    const surrounded = wholeCells(measurement).filter(({ cell }) => counts[cell]! > 0);
    return linearity(bySides(surrounded, ({ cell, neighbours }) => (neighbours * sums[cell]!) / counts[cell]!));
  },
});

const gibsonAshby = defineLaw({
  id: 'gibson-ashby',
  title: 'relative density of a honeycomb is 2/√3 times wall width over side length',
  source: 'Gibson and Ashby 1997, equation 4.1a',
  read: ({ image }) => {
    // A regular hexagon of side l has an equivalent diameter of l·√(6√3/π).
    const side = (image.equivalentDiameter + image.wallWidth) / Math.sqrt((6 * Math.sqrt(3)) / Math.PI);
    const value = image.relativeDensity / ((2 / Math.sqrt(3)) * (image.wallWidth / side));
    return { value, deviation: Math.abs(Math.log(value)) };
  },
});

/** The laws that are judged by default. */
export const FOAM_LAWS: readonly Law[] = [
  plateauDegree,
  plateauAngles,
  sixSides,
  completeWalls,
  noFreeEnds,
  interconnection,
  lewis,
  aboavWeaire,
  gibsonAshby,
];

function wholeCells({ cells }: CellMeasurement): CellRecord[] {
  return cells.filter(({ touchesBorder, neighbours }) => !touchesBorder && neighbours >= 3);
}

/** Means by the number of sides, for numbers that two cells or more have. */
function bySides(cells: readonly CellRecord[], quantity: (cell: CellRecord) => number): [number, number][] {
  const groups = new Map<number, number[]>();
  for (const cell of cells) groups.set(cell.neighbours, [...(groups.get(cell.neighbours) ?? []), quantity(cell)]);
  return [...groups]
    .filter(([, values]) => values.length >= 2)
    .map(([sides, values]) => [sides, values.reduce((sum, value) => sum + value, 0) / values.length]);
}

/** Slope over the mean, and the share of variance that a line leaves unexplained, 1 when it falls. */
function linearity(points: [number, number][]): LawReading {
  if (points.length < 3) return { value: NaN, deviation: NaN };
  const { m, b } = linearRegression(points);
  const mean = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const [left, total] = points.reduce(([l, t], [x, y]) => [l + (y - m * x - b) ** 2, t + (y - mean) ** 2], [0, 0]);
  return { value: m / mean, deviation: m > 0 && total > 0 ? left / total : 1 };
}
