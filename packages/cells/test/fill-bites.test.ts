import { foamImage } from '@plateau/foam';
import { measureCells, segmentCells } from '@plateau/cells';
import { describe, expect, it } from 'vitest';
import { fillBites } from '../src/segmentation/fill-bites.js';
import { fitCircle } from '../src/segmentation/fit-circle.js';

const SIZE = 256;
const PITCH = 64;

/** Square cells of 54 pixels in walls of 10; a disc on the middle of each left wall reaches 12 pixels into the cell. */
function lattice({ hasDiscs = true, disc = 220 } = {}) {
  const labels = new Int32Array(SIZE * SIZE);
  const grey = new Float32Array(SIZE * SIZE);
  const covered: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    const [u, v] = [x % PITCH, y % PITCH];
    const isCell = u >= 5 && u < 59 && v >= 5 && v < 59;
    const isDisc = hasDiscs && Math.hypot(u - 3, v - 32) < 14;
    if (isCell && isDisc) covered.push(i);
    if (isCell && !isDisc) labels[i] = 1 + Math.floor(x / PITCH) + 4 * Math.floor(y / PITCH);
    // A chequer of ±10 stands for noise: the walls' deviation is not 0.
    grey[i] = (isDisc ? disc : isCell ? 60 : 170) + (((x >> 2) + (y >> 2)) % 2 === 0 ? 10 : -10);
  }
  const cells = { data: labels, width: SIZE, height: SIZE, count: 16 };
  return { cells, image: { data: grey, width: SIZE, height: SIZE }, covered };
}

describe('fillBites', () => {
  it('gives cells what bright discs on their walls cover', () => {
    const { cells, image, covered } = lattice();
    // Only some cells may be dented: 8 of 16 here.
    const isWhole = (label: number) => label > 8;
    const whole = lattice({ hasDiscs: false }).cells.data;
    const half = { ...cells, data: cells.data.map((label, i) => (isWhole(whole[i]!) ? whole[i]! : label)) };
    const filled = fillBites(half, image).data;
    const bitten = covered.filter((i) => !isWhole(whole[i]!));
    const given = bitten.filter((i) => filled[i] === whole[i]);
    // A disc as large as the cell, of radius 29, reaches 3.5 pixels through the dent's mouth of 28: a quarter of its area.
    expect(given.length).toBeGreaterThan(0.7 * bitten.length);
    // What is not given back is all that differs from cells without discs.
    let others = 0;
    for (let i = 0; i < filled.length; i++) if (filled[i] !== whole[i]) others++;
    expect(others).toBeLessThan(0.3 * bitten.length);
  });

  it('leaves the cells as they are where the dents are no brighter than walls', () => {
    const { cells, image } = lattice({ disc: 170 });
    expect(fillBites(cells, image)).toBe(cells);
  });

  it('leaves cells without dents as they are', () => {
    const { cells, image } = lattice({ hasDiscs: false });
    expect(fillBites(cells, image)).toBe(cells);
  });
});

describe('segmentCells on a foam with glass spheres', () => {
  // Of 4 µm a pixel; without the filling walls come out 0.47 and 0.59 px too wide.
  it.each([122, 123])('finds the width of its walls, seed %i', (seed) => {
    const pixelSize = { value: 4, unit: 'um' } as const;
    const { image, truth } = foamImage({ className: 'glass-microspheres', seed, size: 384, pixelSize });
    const { labels, walls } = segmentCells({ data: image.data as Uint8Array, width: 384, height: 384 });
    const { wallWidth } = measureCells(labels, { walls }).image;
    expect(Math.abs(wallWidth - truth.wallWidthPixels)).toBeLessThan(0.3);
  });
});

describe('fitCircle', () => {
  it('finds the circle that points lie on', () => {
    // The circle of radius 5 around (2, −1) through the points of the triple 3, 4, 5.
    const circle = fitCircle([5, 3, 6, 2, 7, -1, -1, 3]);
    expect(circle.x).toBeCloseTo(2, 10);
    expect(circle.y).toBeCloseTo(-1, 10);
    expect(circle.radius).toBeCloseTo(5, 10);
    expect(circle.deviation).toBeCloseTo(0, 10);
  });

  it('finds none for points on a line', () => {
    expect(fitCircle([0, 0, 1, 1, 2, 2]).radius).toBe(Infinity);
  });
});
