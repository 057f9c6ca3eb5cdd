import { gaussianBlur, type Raster } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';

/** Bright cells about 20 px wide between dark lines of a pixel, as of a cornea's endothelium. */
export function drawnLines(size: number): Raster<Uint8Array> {
  const pitch = 20;
  const points = jitteredLattice(size, pitch, 0.25);
  return drawn(
    size,
    (x, y) => {
      const [first, second] = nearestTwo(points, x, y, pitch);
      return 140 - 50 * Math.exp(-((second - first) ** 2) / 2);
    },
    12,
  );
}

/** Round bubbles with dark rims in liquid as bright as they are. */
export function drawnBubbles(size: number): Raster<Uint8Array> {
  const pitch = 44;
  const points = jitteredLattice(size, pitch, 0.12);
  return drawn(
    size,
    (x, y) => {
      const [first] = nearestTwo(points, x, y, pitch);
      return 220 - 150 * Math.exp(-((first - 0.42 * pitch) ** 2) / 3);
    },
    3,
  );
}

/** Defocused by 0.7 px, with noise of so many grey levels. */
function drawn(size: number, grey: (x: number, y: number) => number, deviation: number): Raster<Uint8Array> {
  const data = Float32Array.from({ length: size * size }, (_, i) => grey(i % size, Math.floor(i / size)));
  const blurred = gaussianBlur({ data, width: size, height: size }, 0.7).data;
  const noise = new RandomState(5).randn(data.length);
  const bytes = Uint8Array.from(blurred, (value, i) => Math.min(Math.max(value + deviation * noise[i]!, 0), 255));
  return { data: bytes, width: size, height: size };
}

/** Points of a hexagonal lattice, moved by a share of its pitch. */
function jitteredLattice(size: number, pitch: number, share: number): [x: number, y: number][] {
  const rise = pitch * Math.sqrt(0.75);
  const [columns, rows] = [Math.ceil(size / pitch) + 2, Math.ceil(size / rise) + 2];
  const moves = new RandomState(7).randn(2 * columns * rows);
  return Array.from({ length: columns * rows }, (_, k) => {
    const [column, row] = [k % columns, Math.floor(k / columns)];
    const x = (column - 0.5 + (row % 2) / 2) * pitch + share * pitch * moves[2 * k]!;
    return [x, (row - 0.5) * rise + share * pitch * moves[2 * k + 1]!];
  });
}

/** Distances to the two nearest of some points that are a pitch apart. */
function nearestTwo(points: readonly [number, number][], x: number, y: number, pitch: number): [number, number] {
  let [first, second] = [Infinity, Infinity];
  for (const [px, py] of points) {
    if (Math.abs(py - y) > 2 * pitch || Math.abs(px - x) > 2 * pitch) continue;
    const distance = Math.hypot(px - x, py - y);
    if (distance < first) [first, second] = [distance, first];
    else if (distance < second) second = distance;
  }
  return [first, second];
}
