import { squaredDistance } from '../raster/distance-transform.js';
import { maskWhere, type Mask, type Raster } from '../raster/raster.js';

/**
 * Local thickness (Hildebrand and Rüegsegger 1997): at each pixel of a phase, the diameter of the largest disc that lies
 * in the phase and covers it. Discs have whole radii: an opening of the phase for each, by two distance transforms.
 * @returns diameters 2r − 1 in pixels; 0 outside the phase
 */
export function localThickness(phase: Mask): Raster {
  const { width, height } = phase;
  const depth = squaredDistance(phase).data;
  const result = new Float32Array(depth.length);
  const deepest = Math.sqrt(depth.reduce((most, value) => Math.max(most, value), 0));
  for (let r = 1; r <= deepest; r++) {
    const centres = maskWhere({ data: depth, width, height }, (value) => value >= r * r);
    const away = squaredDistance({ ...centres, data: centres.data.map((value) => 1 - value) }).data;
    for (let i = 0; i < result.length; i++) if (phase.data[i] && away[i]! < r * r) result[i] = 2 * r - 1;
  }
  return { data: result, width, height };
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
