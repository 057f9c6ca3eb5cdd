import { squaredDistance } from '../raster/distance-transform.js';
import type { Mask, Raster } from '../raster/raster.js';

/**
 * Local thickness (Hildebrand and Rüegsegger 1997): at each pixel of a phase, the diameter of the largest disc that lies
 * in the phase and covers it. Discs have whole radii and centres on pixels, so that odd widths come out exactly and even
 * ones a pixel too small.
 *
 * Discs are painted largest first, and no pixel twice; one that a neighbour's disc contains is left out.
 * @returns diameters 2r − 1 in pixels; 0 outside the phase
 */
export function localThickness(phase: Mask): Raster {
  const { width, height } = phase;
  const radii = wholeRadii(phase);
  const result = new Float32Array(width * height);
  // The next pixel to the right, itself included, that is not painted; one more column ends each row.
  const next = Int32Array.from({ length: (width + 1) * height }, (_, k) => k);
  const unpainted = (from: number): number => {
    let k = from;
    while (next[k] !== k) k = next[k] = next[next[k]!]!;
    return k;
  };
  const order = largestFirst(radii);
  let spans: Int32Array = new Int32Array(0);
  let spansOf = 0;
  for (const i of order) {
    const r = radii[i]!;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (isContained(radii, x, y, width, height)) continue;
    if (r !== spansOf) [spans, spansOf] = [halfSpans(r), r];
    for (let dy = Math.max(-r + 1, -y); dy < r && y + dy < height; dy++) {
      const half = spans[Math.abs(dy)]!;
      const row = (y + dy) * (width + 1);
      const end = row + Math.min(x + half, width - 1);
      for (let k = unpainted(row + Math.max(x - half, 0)); k <= end; k = unpainted(k + 1)) {
        result[k - (y + dy)] = 2 * r - 1;
        next[k] = k + 1;
      }
    }
  }
  return { data: result, width, height };
}

/** The greatest whole radius of a disc around each pixel that lies in the phase; 0 outside it. */
function wholeRadii(phase: Mask): Int32Array {
  const squared = squaredDistance(phase).data;
  const most = phase.width + phase.height;
  return Int32Array.from(squared, (value) => Math.min(Math.floor(Math.sqrt(value)), most));
}

function largestFirst(radii: Int32Array): Int32Array {
  const greatest = radii.reduce((most, r) => Math.max(most, r), 0);
  const starts = new Int32Array(greatest + 2);
  for (const r of radii) starts[r]!++;
  let before = 0;
  for (let r = greatest; r > 0; r--) [starts[r], before] = [before, before + starts[r]!];
  const order = new Int32Array(before);
  for (let i = 0; i < radii.length; i++) if (radii[i]! > 0) order[starts[radii[i]!]!++] = i;
  return order;
}

/** Whether the disc of a pixel lies in that of a neighbour, which is at least its distance larger. */
function isContained(radii: Int32Array, x: number, y: number, width: number, height: number): boolean {
  const i = y * width + x;
  const r = radii[i]!;
  const [left, right, up, down] = [x > 0, x + 1 < width, y > 0, y + 1 < height];
  return (
    (left && radii[i - 1]! > r) ||
    (right && radii[i + 1]! > r) ||
    (up && radii[i - width]! > r) ||
    (down && radii[i + width]! > r) ||
    (left && up && radii[i - 1 - width]! > r + 1) ||
    (right && up && radii[i + 1 - width]! > r + 1) ||
    (left && down && radii[i - 1 + width]! > r + 1) ||
    (right && down && radii[i + 1 + width]! > r + 1)
  );
}

/** How far a disc of radius r reaches left and right, by the distance from its middle row. */
function halfSpans(r: number): Int32Array {
  return Int32Array.from({ length: r }, (_, dy) => Math.ceil(Math.sqrt(r * r - dy * dy)) - 1);
}

/**
 * The pore-size distribution by discs: the share of a phase where the largest disc that fits and covers the pixel has at
 * least each diameter.
 * @returns diameters in pixels, ascending, with the share at or above each; the first share is 1
 */
export function poreSizeDistribution(phase: Mask): { diameter: number; share: number }[] {
  const counts = new Map<number, number>();
  let total = 0;
  for (const diameter of localThickness(phase).data) {
    if (diameter === 0) continue;
    counts.set(diameter, (counts.get(diameter) ?? 0) + 1);
    total++;
  }
  let above = total;
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([diameter, count]) => {
      const share = above / total;
      above -= count;
      return { diameter, share };
    });
}
