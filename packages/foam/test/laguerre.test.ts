import { describe, expect, it } from 'vitest';
import { relaxedLaguerre, type LaguerreCell } from '../src/laguerre.js';
import { createRandom } from '../src/random.js';

const side = 100;

function tessellate(spread: number, relaxation: number): LaguerreCell[] {
  const cells = relaxedLaguerre({ side, diameter: 14, spread, relaxation }, createRandom('test', spread));
  return cells.flatMap((cell) => cell ?? []);
}

const nearest = (difference: number): number => difference - side * Math.round(difference / side);

function contains({ x, y, corners }: LaguerreCell, px: number, py: number): boolean {
  const [u, v] = [nearest(px - x), nearest(py - y)];
  for (let k = 0; k < corners.length; k += 2) {
    const next = (k + 2) % corners.length;
    const [x0, y0, x1, y1] = [corners[k]!, corners[k + 1]!, corners[next]!, corners[next + 1]!];
    if ((x1 - x0) * (v - y0) - (y1 - y0) * (u - x0) < 0) return false;
  }
  return true;
}

function area({ corners }: LaguerreCell): number {
  let twice = 0;
  for (let k = 0; k < corners.length; k += 2) {
    const next = (k + 2) % corners.length;
    twice += corners[k]! * corners[next + 1]! - corners[next]! * corners[k + 1]!;
  }
  return twice / 2;
}

const points = Array.from({ length: 2000 }, (_, i) => [(i * 61.803398875) % side, (i * 7.548776662) % side] as const);

describe('relaxedLaguerre', () => {
  it.each([0, 0.15, 0.35])('fills the periodic square without gap or overlap, spread %f', (spread) => {
    const cells = tessellate(spread, 3);
    expect(cells.reduce((sum, cell) => sum + area(cell), 0)).toBeCloseTo(side * side, 6);
    for (const [x, y] of points) expect(cells.filter((cell) => contains(cell, x, y))).toHaveLength(1);
  });

  it('gives Voronoi cells when all discs are alike: each point lies in the cell of the nearest site', () => {
    const cells = tessellate(0, 2);
    for (const [x, y] of points) {
      const distances = cells.map((cell) => Math.hypot(nearest(x - cell.x), nearest(y - cell.y)));
      expect(contains(cells[distances.indexOf(Math.min(...distances))]!, x, y)).toBe(true);
    }
  });

  it('names each neighbour from both sides', () => {
    const cells = tessellate(0.2, 3);
    cells.forEach((cell, i) => {
      for (const neighbour of cell.neighbours) expect(cells[neighbour]!.neighbours).toContain(i);
    });
  });

  it('evens cells out the more it relaxes, and spreads them the more the discs differ', () => {
    const variation = (cells: readonly LaguerreCell[]): number => {
      const areas = cells.map(area);
      const mean = areas.reduce((sum, value) => sum + value, 0) / areas.length;
      return Math.sqrt(areas.reduce((sum, value) => sum + (value - mean) ** 2, 0) / areas.length) / mean;
    };
    expect(variation(tessellate(0, 6))).toBeLessThan(0.7 * variation(tessellate(0, 0)));
    expect(variation(tessellate(0.35, 3))).toBeGreaterThan(2 * variation(tessellate(0, 3)));
  });
});
