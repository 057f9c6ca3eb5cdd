import { describe, expect, it } from 'vitest';
import { FOAM_CLASSES, foamImage, type FoamTruth } from '../src/index.js';

const size = 128;
const images = FOAM_CLASSES.flatMap(({ name }) =>
  [0, 1].map((index) => ({ name: `${name} ${index}`, ...foamImage({ className: name, seed: 5, index, size }) })),
);

function distance(x: number, y: number, outline: readonly number[]): number {
  let least = Infinity;
  for (let k = 0; k < outline.length; k += 2) {
    const next = (k + 2) % outline.length;
    const [x0, y0, x1, y1] = [outline[k]!, outline[k + 1]!, outline[next]!, outline[next + 1]!];
    const length = Math.hypot(x1 - x0, y1 - y0) || 1;
    least = Math.min(least, ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length);
  }
  return least;
}

/** Pieces of equal label that hang together by their sides or corners. */
function countPieces(map: Int32Array): number {
  const seen = new Uint8Array(map.length);
  let pieces = 0;
  for (let start = 0; start < map.length; start++) {
    if (map[start] === 0 || seen[start]) continue;
    pieces += 1;
    const stack = [start];
    seen[start] = 1;
    while (stack.length > 0) {
      const at = stack.pop()!;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const column = (at % size) + dx;
          const next = at + dy * size + dx;
          if (column < 0 || column >= size || next < 0 || next >= map.length) continue;
          if (map[next] !== map[at] || seen[next]) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
  }
  return pieces;
}

/** Pixels of wall met along a line across the middle of a wall, finely sampled. */
function widthAcross(truth: FoamTruth, wall: FoamTruth['walls'][number]): number | undefined {
  const { from, to, width } = wall;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const normal = [(from[1] - to[1]) / length, (to[0] - from[0]) / length] as const;
  const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
  let met = 0;
  const step = 0.02;
  for (let t = -width; t <= width; t += step) {
    const column = Math.floor(middle[0] + t * normal[0]);
    const row = Math.floor(middle[1] + t * normal[1]);
    if (column < 0 || row < 0 || column >= size || row >= size) return undefined;
    if (truth.labels[row * size + column] === 0) met += step;
  }
  return met;
}

describe.each(images)('the truth of $name', ({ truth }) => {
  it('counts exactly the labels of the map, 1 to cellCount', () => {
    const labels = new Set(truth.labels);
    labels.delete(0);
    expect([...labels].sort((a, b) => a - b)).toEqual(Array.from({ length: truth.cellCount }, (_, i) => i + 1));
    expect(truth.cells.map(({ label }) => label)).toEqual([...labels].sort((a, b) => a - b));
  });

  it('gives each cell the area of its label, and whether it touches the border', () => {
    const areas = new Map<number, number>();
    const touching = new Set<number>();
    truth.labels.forEach((label, i) => {
      areas.set(label, (areas.get(label) ?? 0) + 1);
      const [row, column] = [Math.floor(i / size), i % size];
      if (row === 0 || column === 0 || row === size - 1 || column === size - 1) touching.add(label);
    });
    for (const { label, area, touchesBorder } of truth.cells) {
      expect(area).toBe(areas.get(label));
      expect(touchesBorder).toBe(touching.has(label));
    }
    expect(truth.wholeCellCount).toBe(truth.cells.filter(({ label }) => !touching.has(label)).length);
  });

  it('keeps each cell in one piece', () => {
    expect(countPieces(truth.labels)).toBe(truth.cellCount);
  });

  it('agrees with the outlines: cells keep off their walls, and only walls and corners are unlabelled', () => {
    const widths = truth.walls.map(({ width }) => width);
    const radius = Math.sqrt(Math.max(...truth.cells.map(({ area }) => area)) / Math.PI);
    const wrong: number[] = [];
    truth.labels.forEach((label, i) => {
      const depth = (cell: { readonly outline: readonly number[] }): number =>
        distance((i % size) + 0.5, Math.floor(i / size) + 0.5, cell.outline);
      const isRight =
        label > 0
          ? depth(truth.cells[label - 1]!) > 0.4 * Math.min(...widths)
          : // A hole in the map would be deeper in its cell than a wall and a Plateau border are thick.
            Math.max(...truth.cells.map(depth)) < Math.max(...widths) / 2 + 0.2 * radius;
      if (!isRight) wrong.push(i);
    });
    expect(wrong).toEqual([]);
  });

  it('gives the mean width of the walls, weighted by length', () => {
    const lengths = truth.walls.map(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]));
    const sum = truth.walls.reduce((total, { width }, i) => total + width * lengths[i]!, 0);
    expect(truth.wallWidthPixels).toBeCloseTo(sum / lengths.reduce((a, b) => a + b), 10);
    expect(truth.wallWidth).toEqual({ value: expect.closeTo(truth.wallWidthPixels * 8, 10), unit: 'um' });
  });

  it('puts windows in cells only, numbered 1 to openWindows, and gives each to its cell', () => {
    const cellOf = new Map<number, number>();
    truth.windows.forEach((window, i) => {
      if (window === 0) return;
      const label = truth.labels[i]!;
      expect(label).toBeGreaterThan(0);
      expect(cellOf.get(window) ?? label).toBe(label);
      cellOf.set(window, label);
    });
    expect([...cellOf.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: truth.openWindows }, (_, i) => i + 1),
    );
    for (const { label, openWindows } of truth.cells) {
      expect(openWindows).toBe([...cellOf.values()].filter((cell) => cell === label).length);
    }
  });
});

describe('the width of walls', () => {
  it('is what the label map shows across the middle of long ones', () => {
    const differences: number[] = [];
    for (const { truth } of images) {
      for (const wall of truth.walls) {
        const length = Math.hypot(wall.to[0] - wall.from[0], wall.to[1] - wall.from[1]);
        const seen = length > 15 ? widthAcross(truth, wall) : undefined;
        if (seen !== undefined) differences.push(seen - wall.width);
      }
    }
    expect(differences.length).toBeGreaterThan(100);
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    // A pixel's grid rounds each width, not their mean.
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(1.5);
  });
});
