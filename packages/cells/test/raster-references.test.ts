// Each raster algorithm beside a slow one that follows its definition word for word, on random small images.
import {
  convexHull,
  convexHulls,
  floodBasins,
  joinedHull,
  labelComponents,
  polygonArea,
  radialAutocorrelation,
  reconstruct,
  regionBorders,
  skeletonize,
  watershed,
  type LabelMap,
  type Mask,
  type Raster,
} from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { regionalMaxima } from '../src/raster/plain-maxima.js';

const sizes = [
  [1, 1],
  [1, 9],
  [12, 1],
  [17, 13],
  [40, 31],
] as const;

describe.each(sizes)('on %i×%i random pixels', (width, height) => {
  const noise = new RandomState(width).randn(width * height);
  const mask: Mask = { data: Uint8Array.from(noise, (value) => (value > -0.2 ? 1 : 0)), width, height };
  const steps: Raster<Int32Array> = { data: Int32Array.from(noise, (value) => Math.round(2 * value)), width, height };

  it.each([4, 8] as const)('components of %i neighbours are those of a flood fill', (connectivity) => {
    const expected = new Int32Array(mask.data.length);
    let count = 0;
    mask.data.forEach((inside, start) => {
      if (!inside || expected[start]) return;
      expected[start] = ++count;
      for (const stack = [start]; stack.length > 0;) {
        for (const j of neighbours(stack.pop()!, width, height, connectivity)) {
          if (!mask.data[j] || expected[j]) continue;
          expected[j] = count;
          stack.push(j);
        }
      }
    });
    expect(labelComponents(mask, { connectivity })).toEqual({ data: expected, width, height, count });
  });

  it('a reconstruction is a dilation under the mask, repeated until nothing changes', () => {
    const marker = { ...steps, data: steps.data.map((value, i) => (i % 11 === 0 ? value : -9)) };
    let expected = marker.data;
    for (let before = new Int32Array(0); before.join() !== expected.join();) {
      before = expected;
      expected = before.map((value, i) =>
        Math.min(steps.data[i]!, Math.max(value, ...neighbours(i, width, height, 8).map((j) => before[j]!))),
      );
    }
    expect(reconstruct(marker, steps).data).toEqual(expected);
  });

  it('regional maxima are plateaus without a higher neighbour', () => {
    const { data: labels, count } = regionalMaxima(steps);
    const plateaus = plateausOf(steps);
    const isFlat = plateaus.every((plateau) => plateau === plateaus[0]);
    const isMaximum = (i: number): boolean =>
      !isFlat &&
      plateaus.every(
        (plateau, j) =>
          plateau !== plateaus[i] || neighbours(j, width, height, 8).every((k) => steps.data[k]! <= steps.data[j]!),
      );
    labels.forEach((label, i) => expect(label > 0).toBe(isMaximum(i)));
    const pairs = new Set(Array.from(labels, (label, i) => (label > 0 ? `${label} ${plateaus[i]}` : '')));
    pairs.delete('');
    expect(pairs.size).toBe(count);
  });

  it.each([true, false])('a watershed with ridges: %s is that of one sorted queue (Meyer)', (ridges) => {
    const markers: LabelMap = { data: new Int32Array(mask.data.length), width, height, count: 5 };
    for (let k = 1; k <= 5; k++) markers.data[(k * 97) % markers.data.length] = k;
    for (const within of [undefined, mask]) {
      const found = watershed(steps, markers, within ? { ridges, mask: within } : { ridges });
      expect(found.data).toEqual(meyer(steps, markers, ridges, within));
    }
  });

  it.each([1, 2, 4])('basins at least %i deep are those of floods that are renamed when they join', (h) => {
    expect(floodBasins(steps, h).data).toEqual(slowBasins(steps, h));
  });

  it('a skeleton is what the two subiterations leave of all pixels', () => {
    const thick: Mask = { data: Uint8Array.from(noise, (value) => (value > -1.2 ? 1 : 0)), width, height };
    expect(skeletonize(thick).data).toEqual(guoHall(thick));
  });

  it('hulls of regions have the area of the hull of their pixels’ corners', () => {
    const labels: LabelMap = { ...steps, data: steps.data.map((value) => Math.max(0, value + 2)), count: 9 };
    convexHulls(labels).forEach((hull, label) => {
      const corners: [number, number][] = [];
      labels.data.forEach((own, i) => {
        if (own !== label || label === 0) return;
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const)
          corners.push([(i % width) + dx, Math.floor(i / width) + dy]);
      });
      expect(polygonArea(hull)).toBe(polygonArea(convexHull(corners)));
    });
  });

  it('the hull of two hulls is that of the corners of both', () => {
    const labels: LabelMap = { ...steps, data: steps.data.map((value) => Math.max(0, value + 2)), count: 9 };
    const hulls = convexHulls(labels).filter((hull) => hull.length > 0);
    for (const a of hulls) {
      for (const b of hulls) {
        const points = [...pointsOf(a), ...pointsOf(b)];
        expect(pointsOf(joinedHull(a, b)).sort(byPlace)).toEqual(pointsOf(convexHull(points)).sort(byPlace));
      }
    }
  });

  it('borders between regions, more pairs than the table starts with, are those that a Map counts', () => {
    const labels: LabelMap = { ...steps, data: Int32Array.from(noise, (_, i) => ((i * 7919) % 997) + 1), count: 997 };
    const evidence = { ...steps, data: Float32Array.from(noise) };
    const expected = new Map<string, [number, number]>();
    const add = (i: number, j: number): void => {
      const [a, b] = [labels.data[i]!, labels.data[j]!].sort((p, q) => p - q);
      if (a === b) return;
      const [length, sum] = expected.get(`${a} ${b}`) ?? [0, 0];
      const value = Math.max(evidence.data[i]!, evidence.data[j]!);
      expected.set(`${a} ${b}`, [length + 1, sum + Math.min(Math.max(value, 0), 1)]);
    };
    for (let i = 0; i < labels.data.length; i++) {
      if (i % width < width - 1) add(i, i + 1);
      if (i + width < labels.data.length) add(i, i + width);
    }
    const found = regionBorders(labels, evidence);
    expect(found.length).toBe(expected.size);
    for (const { a, b, length, sum } of found) {
      expect(expected.get(`${a} ${b}`)![0]).toBe(length);
      expect(expected.get(`${a} ${b}`)![1]).toBeCloseTo(sum, 10);
    }
  });

  it.each([true, false])('autocorrelation, periodic: %s, is the mean over pairs of pixels', (periodic) => {
    const image = { data: Float64Array.from(noise), width, height };
    const reach = Math.floor(Math.min(width, height) / 2);
    const found = radialAutocorrelation(image, { periodic, reach });
    const sums = new Float64Array(reach + 1);
    const pairs = new Float64Array(reach + 1);
    for (let dy = 0; dy <= reach; dy++) {
      for (let dx = dy === 0 ? 0 : -reach; dx <= reach; dx++) {
        const r = Math.round(Math.hypot(dx, dy));
        if (r > reach) continue;
        for (let i = 0; i < noise.length; i++) {
          const [x, y] = [(i % width) + dx, Math.floor(i / width) + dy];
          if (!periodic && (x < 0 || x >= width || y >= height)) continue;
          sums[r]! += noise[i]! * noise[(y % height) * width + ((x + width) % width)]!;
          pairs[r]!++;
        }
      }
    }
    found.forEach((value, r) => expect(value).toBeCloseTo(sums[r]! / pairs[r]!, 10));
  });
});

function neighbours(i: number, width: number, height: number, connectivity: 4 | 8): number[] {
  const [x, y] = [i % width, Math.floor(i / width)];
  const found: number[] = [];
  for (const [dx, dy] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [-1, -1],
    [1, -1],
    [0, 1],
    [-1, 1],
    [1, 1],
  ] as const) {
    if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
    if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) continue;
    found.push(i + dy * width + dx);
  }
  return found;
}

/** The first pixel of the plateau that each pixel is in. */
function plateausOf({ data, width, height }: Raster<Int32Array>): Int32Array {
  const plateaus = new Int32Array(data.length).fill(-1);
  data.forEach((_, start) => {
    if (plateaus[start] !== -1) return;
    plateaus[start] = start;
    for (const stack = [start]; stack.length > 0;) {
      for (const j of neighbours(stack.pop()!, width, height, 8)) {
        if (plateaus[j] !== -1 || data[j] !== data[start]) continue;
        plateaus[j] = start;
        stack.push(j);
      }
    }
  });
  return plateaus;
}

/** One queue, sorted by height and then by arrival, searched from its start each time. */
function meyer({ data, width, height }: Raster<Int32Array>, markers: LabelMap, ridges: boolean, mask?: Mask) {
  const labels = markers.data.map((label, i) => (!mask || mask.data[i] ? label : 0));
  const queue: { i: number; level: number; label: number }[] = [];
  const seen = new Set<number>();
  const push = (from: number, level: number): void => {
    for (const j of neighbours(from, width, height, 8)) {
      if (seen.has(j) || labels[j] !== 0 || (mask && !mask.data[j])) continue;
      seen.add(j);
      queue.push({ i: j, level: Math.max(level, data[j]!), label: labels[from]! });
    }
  };
  labels.forEach((label, i) => label > 0 && push(i, -Infinity));
  while (queue.length > 0) {
    const least = Math.min(...queue.map(({ level }) => level));
    const [{ i, level, label }] = queue.splice(
      queue.findIndex((waiting) => waiting.level === least),
      1,
    ) as [(typeof queue)[number]];
    const around = neighbours(i, width, height, 8).map((j) => labels[j]!);
    if (ridges && around.some((other) => other !== 0 && other !== label)) continue;
    labels[i] = label;
    push(i, level);
  }
  return labels;
}

/** Pixels by height; when a flood joins another all its pixels are renamed. */
function slowBasins({ data, width, height }: Raster<Int32Array>, h: number): Int32Array {
  const floods = new Int32Array(data.length);
  const depths: number[] = [0];
  const order = Array.from(data, (_, i) => i).sort((i, j) => data[i]! - data[j]! || i - j);
  for (const i of order) {
    const around = [-1, 1, -width, width, -width - 1, -width + 1, width - 1, width + 1]
      .map((step) => i + step)
      .filter((j) => neighbours(i, width, height, 8).includes(j) && floods[j] !== 0);
    // A row's end is no neighbour of the next row's start, which the list of steps alone would take it for.
    let [own, lowest] = [0, 0];
    for (const j of around) {
      const other = floods[j]!;
      if (own === 0) [own, lowest] = [other, data[j]!];
      else if (other !== own) {
        const [deep, shallow] = depths[own]! <= depths[other]! ? [own, other] : [other, own];
        if (data[i]! - depths[shallow]! < h) {
          floods.forEach((flood, k) => flood === shallow && (floods[k] = deep));
          own = deep;
        } else if (data[j]! < lowest) own = other;
      }
      lowest = Math.min(lowest, data[j]!);
    }
    if (own === 0) {
      own = depths.length;
      depths.push(data[i]!);
    }
    floods[i] = own;
  }
  const kept = [...new Set(floods)].sort((a, b) => a - b);
  return floods.map((flood) => kept.indexOf(flood) + 1);
}

/** Guo and Hall 1989, on every pixel of the image in each subiteration. */
function guoHall({ data, width, height }: Mask): Uint8Array {
  let field = data;
  for (let before: Uint8Array = new Uint8Array(0); before.join() !== field.join();) {
    before = field;
    for (const step of [0, 1]) {
      const at = (i: number, dx: number, dy: number): number => {
        const [x, y] = [(i % width) + dx, Math.floor(i / width) + dy];
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : field[y * width + x]!;
      };
      field = field.map((value, i) => {
        if (!value) return 0;
        const p = [at(i, 0, -1), at(i, 1, -1), at(i, 1, 0), at(i, 1, 1)];
        p.push(at(i, 0, 1), at(i, -1, 1), at(i, -1, 0), at(i, -1, -1));
        const [p2, p3, p4, p5, p6, p7, p8, p9] = p as [number, number, number, number, number, number, number, number];
        const crossings = [0, 2, 4, 6].filter((k) => !p[k] && (p[k + 1] || p[(k + 2) % 8])).length;
        const least = Math.min(
          (p9 | p2) + (p3 | p4) + (p5 | p6) + (p7 | p8),
          (p2 | p3) + (p4 | p5) + (p6 | p7) + (p8 | p9),
        );
        const isKept = step === 0 ? (p2 || p3 || !p5) && p4 : (p6 || p7 || !p9) && p8;
        return crossings === 1 && least >= 2 && least <= 3 && !isKept ? 0 : 1;
      });
    }
  }
  return field;
}

function pointsOf(polygon: readonly number[]): [number, number][] {
  return Array.from({ length: polygon.length / 2 }, (_, k) => [polygon[2 * k]!, polygon[2 * k + 1]!]);
}

function byPlace([x, y]: readonly [number, number], [u, v]: readonly [number, number]): number {
  return x - u || y - v;
}
