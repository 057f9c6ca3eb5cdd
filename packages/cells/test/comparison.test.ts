import {
  compareSets,
  haveOtherWalls,
  conformalPValues,
  defineLaw,
  energyDistance,
  FOAM_LAWS,
  judgeLaws,
  kolmogorovSmirnov,
  measureCells,
  physicalDistances,
  polarityConflict,
  wasserstein1,
  type CellMeasurement,
  type ImageStatistics,
  type LawReading,
} from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { PooledValues } from '../src/comparison/pooled-values.js';

/** Hexagons of a pitch in pixels, walls 2 px wide, shifted a little by the seed; `gap` leaves walls out. */
function honeycomb(pitch: number, seed: number, gap = false): CellMeasurement {
  const size = 160;
  const centres: [number, number][] = [];
  for (let row = -2; row * pitch * 0.866 < size + 2 * pitch; row++) {
    for (let column = -2; column * pitch < size + 2 * pitch; column++) {
      centres.push([
        (column + (row % 2) / 2) * pitch + ((seed * 7) % pitch),
        row * pitch * 0.866 + ((seed * 3) % pitch),
      ]);
    }
  }
  const numbers = new Map<number, number>();
  const data = new Int32Array(size * size);
  const walls = new Uint8Array(size * size);
  for (let i = 0; i < data.length; i++) {
    let [best, second, nearest] = [Infinity, Infinity, 0];
    centres.forEach(([x, y], k) => {
      const d = Math.hypot((i % size) - x, Math.floor(i / size) - y);
      if (d < best) [second, best, nearest] = [best, d, k];
      else if (d < second) second = d;
    });
    if (second - best < 2) walls[i] = gap && i % size > 40 ? 0 : 1;
    else {
      if (!numbers.has(nearest)) numbers.set(nearest, numbers.size + 1);
      data[i] = numbers.get(nearest)!;
    }
  }
  const labels = { data, width: size, height: size, count: numbers.size };
  return measureCells(labels, { walls: { data: walls, width: size, height: size } });
}

const reference = [1, 2, 3, 4, 5, 6].map((seed) => honeycomb(24, seed));
function withImage(measured: CellMeasurement, changed: Partial<ImageStatistics>): CellMeasurement {
  return { ...measured, image: { ...measured.image, ...changed } };
}

const alike = [7, 8, 9].map((seed) => honeycomb(24, seed));
const coarse = [7, 8, 9].map((seed) => honeycomb(32, seed));

describe('sample distances are those of METRICS', () => {
  it('Wasserstein, energy, KS', () => {
    expect(wasserstein1([0, 1, 3], [5, 6, 8])).toBeCloseTo(5, 12);
    expect(energyDistance([0], [2])).toBe(2);
    expect(kolmogorovSmirnov([1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10])).toBe(0.25);
    expect(() => wasserstein1([], [1])).toThrow(/got 0 and 1 values/);
  });

  it('conformal p-values', () => {
    expect(conformalPValues([1, 2, 3], [2.5, 9])).toEqual([0.5, 0.25]);
  });

  it('p-values of images from the reference’s own distribution are small no more often than they say', () => {
    const random = new RandomState(1);
    // Ten properties: two go together, and one is 0 for nine images in ten.
    const image = (): number[] => {
      const z = Array.from(random.randn(10));
      return [...z.slice(0, 8), Math.max(0, z[8]! - 1.2), 0.7 * z[0]! + 0.3 * z[9]!];
    };
    let [small, half, total] = [0, 0, 0];
    for (let draw = 0; draw < 100; draw++) {
      const [reference, generated] = [20, 20].map((n) => Array.from({ length: n }, image)) as [number[][], number[][]];
      for (const p of conformalPValues(...physicalDistances(reference, generated))) {
        total++;
        if (p < 0.05) small++;
        if (p <= 0.5) half++;
      }
    }
    expect(small / total).toBeLessThan(0.055);
    expect(half / total).toBeLessThan(0.52);
    expect(half / total).toBeGreaterThan(0.35);
  });

  it('a property that is almost always the same does not rule, and one that never varies counts as ten units', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i % 7, i === 0 ? 0.006 : 0, 2]);
    const [own, other] = physicalDistances(rows, [
      [50, 0, 2],
      [3, 0, 2],
    ]);
    expect(other[0]).toBeGreaterThan(own[1]!);
    expect(other[1]).toBe(0);
    const [, [changed]] = physicalDistances([[0], [0], [0]], [[0.1]]);
    expect(changed).toBe(10);
  });
});

describe('laws', () => {
  it('a honeycomb keeps them: six sides, threes at 120°', () => {
    const { image } = reference[0]!;
    expect(image.neighbours).toBeCloseTo(6, 1);
    expect(image.vertexDegree3).toBe(1);
    expect(image.vertexAngleDeviation).toBeLessThan(10);
    expect(image.wallCompleteness).toBe(1);
  });

  it('relative density over wall width is that of a honeycomb', () => {
    const law = FOAM_LAWS.find(({ id }) => id === 'gibson-ashby')!;
    expect(law.read(reference[0]!).value).toBeGreaterThan(0.85);
    expect(law.read(reference[0]!).value).toBeLessThan(1.15);
  });

  it('Aboav–Weaire leaves out neighbours at the border, some of whose sides are not seen', () => {
    const law = FOAM_LAWS.find(({ id }) => id === 'aboav-weaire')!;
    const read = (sidesAtBorder: number): LawReading => {
      const cells = Array.from({ length: 40 }, (_, k) => ({
        cell: k + 1,
        touchesBorder: k >= 30,
        neighbours: k >= 30 ? sidesAtBorder : 4 + (k % 5),
      }));
      // Each cell of the chain lies beside the next, and every third beside one at the border.
      const faces = Array.from({ length: 29 }, (_, k) => ({ a: k + 1, b: k + 2 }));
      for (let k = 0; k < 10; k++) faces.push({ a: 3 * k + 1, b: 31 + k });
      return law.read({ ...reference[0]!, cells, faces } as unknown as CellMeasurement);
    };
    expect(read(2).deviation).toBeGreaterThan(0);
    expect(read(2)).toEqual(read(7));
  });

  it('broken walls break the law of complete walls, and the reference keeps all of its own', () => {
    const broken = [7, 8].map((seed) => honeycomb(24, seed, true));
    const verdicts = judgeLaws(reference, broken, { draws: 50 });
    expect(verdicts.find(({ law }) => law === 'complete-walls')!.kept).toBe(false);
    expect(judgeLaws(reference, reference, { draws: 50 }).every(({ kept }) => kept)).toBe(true);
  });

  it('takes a law of the user’s', () => {
    const count = defineLaw({
      id: 'many-cells',
      title: 'many cells',
      source: 'this test',
      read: ({ image }) => ({ value: image.cellCount, deviation: 1 / image.cellCount }),
    });
    expect(judgeLaws(reference, coarse, { laws: [count], draws: 50 })[0]!.kept).toBe(false);
    expect(() => defineLaw({ ...count, id: 'Many Cells' })).toThrow(/small letters/);
    expect(() => judgeLaws([], coarse)).toThrow(/0 reference/);
  });
});

describe('compareSets', () => {
  it('finds the same foam alike and a coarser one not', () => {
    const same = compareSets(reference, alike, { draws: 100 });
    const other = compareSets(reference, coarse, { draws: 100 });
    expect(other.physicalDistance).toBeGreaterThan(3 * same.physicalDistance);
    const diameter = other.properties.find(({ property }) => property === 'cell.equivalentDiameter')!;
    // Hexagons' diameters grow with the pitch, less the wall: 8 px times √(2√3/π).
    expect(diameter.wasserstein).toBeCloseTo(8 * Math.sqrt((2 * Math.sqrt(3)) / Math.PI), 0);
    expect(diameter.effect).toBeGreaterThan(5);
    expect(other.imagePValues).toEqual([1 / 7, 1 / 7, 1 / 7]);
    expect(other.warnings.join()).toMatch(/no p-value can be below 0.143, so .* give 20 or more/);
    expect(other.invalidShare).toBeNaN();
  });

  it('finds a difference significant after Holm’s correction, with the settings that it has by default', () => {
    const others = reference.map((measured) => withImage(measured, { porosity: measured.image.porosity - 0.2 }));
    const { properties, warnings } = compareSets(reference, others);
    const porosity = properties.find(({ property }) => property === 'image.porosity')!;
    // Of 924 ways to part twelve images into halves two are as far apart; 13 properties.
    expect(porosity.correctedPValue).toBeLessThan(0.05);
    expect(warnings.join()).not.toMatch(/Holm/);
    expect(compareSets(reference, others.slice(0, 3)).warnings.join()).toMatch(/6 and 3 images: no difference .* Holm/);
  });

  it('counts properties that have no floor, and those that no generated image has', () => {
    const perfect = reference.map((measured) => withImage(measured, { wallCompleteness: 1 }));
    const distance = (generated: readonly CellMeasurement[]): number =>
      compareSets(perfect, generated, { draws: 50, permutations: 9 }).physicalDistance;
    const same = distance(perfect);
    const torn = perfect.map((measured) => withImage(measured, { wallCompleteness: 0.7 }));
    // Ten floors where it was one, and thirteen properties that count alike.
    expect(distance(torn) ** 2 - same ** 2).toBeCloseTo((100 - 1) / 13, 6);
    // One image in six: a sixth of ten floors.
    expect(distance([torn[0]!, ...perfect.slice(1)]) ** 2 - same ** 2).toBeCloseTo(((10 / 6) ** 2 - 1) / 13, 6);
    const blank = measureCells({ data: new Int32Array(400), width: 20, height: 20, count: 0 });
    const found = compareSets(perfect, [blank, blank], { draws: 50, permutations: 9 });
    expect(found.physicalDistance).toBeGreaterThan(5);
    expect(found.warnings.join()).toMatch(/no generated image has cell.equivalentDiameter, .*each counts as 10 floors/);
  });

  it('gives images that are unlike the reference beyond what is measured the least p-value', () => {
    const [usual, found] = [[], [false, true, true]].map((isAlien) =>
      compareSets(reference, alike, { draws: 5, isAlien }),
    );
    expect(usual!.imagePValues[1]).toBeGreaterThan(1 / 7);
    expect(found!.imagePValues).toEqual([usual!.imagePValues[0], 1 / 7, 1 / 7]);
    expect(found!.worstFirst).toEqual([1, 2, 0]);
    expect(haveOtherWalls(['dark-walls', undefined], ['dark-walls', 'bright-walls', undefined])).toEqual([
      false,
      true,
      false,
    ]);
    expect(haveOtherWalls([undefined], ['dark-walls'])).toEqual([false]);
  });

  it('draws sets from one sorted pool as if each were sorted anew', () => {
    const random = new RandomState(4);
    const images = Array.from({ length: 7 }, (_, k) => Array.from(random.randn(3 + 2 * k), (v) => Math.round(3 * v)));
    const pool = new PooledValues(images);
    const [x, y] = [Int32Array.of(2, 0, 1, 0, 0, 0, 3), Int32Array.of(0, 1, 1, 0, 2, 0, 0)];
    const values = (times: Int32Array): number[] => images.flatMap((list, k) => Array(times[k]).fill(list).flat());
    expect(pool.wasserstein1(x, y)).toBeCloseTo(wasserstein1(values(x), values(y)), 12);
    expect(pool.wasserstein1(x, x)).toBe(0);
  });

  it('is the same for the same seed', () => {
    expect(compareSets(reference, alike, { draws: 20, seed: 3 })).toEqual(
      compareSets(reference, alike, { draws: 20, seed: 3 }),
    );
  });

  it('refuses too few images and mixed units', () => {
    expect(() => compareSets(reference.slice(0, 1), alike)).toThrow(/1 reference and 3 generated/);
    const inMicrometres = { ...alike[0]!, image: { ...alike[0]!.image, unit: 'um' as const } };
    expect(() => compareSets(reference, [inMicrometres])).toThrow(/units differ \(px, um\)/);
  });

  it('warns of two resolutions', () => {
    const finer = alike.map((measured) => ({ ...measured, image: { ...measured.image, pixelSize: 0.5 } }));
    expect(compareSets(reference, finer, { draws: 5 }).warnings.join()).toMatch(/pixels of 1 and 0.5 px: what is seen/);
  });

  it('says why sets of opposite polarity are not compared', () => {
    expect(polarityConflict(['dark-walls', 'dark-walls'], ['bright-walls'])).toMatch(/inverts the contrast/);
    expect(polarityConflict(['dark-walls'], ['dark-walls', 'bright-walls', 'dark-walls'])).toBeUndefined();
  });
});
