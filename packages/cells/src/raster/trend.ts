import type { Raster } from './raster.js';

/** The polynomial of second order in both coordinates that comes closest to an image, by least squares, at each pixel. */
export function trend({ data, width, height }: Raster): Float32Array {
  const [x, y] = [basis(width), basis(height)];
  const result = new Float32Array(data.length);
  for (let a = 0; a <= 2; a++) {
    for (let b = 0; a + b <= 2; b++) {
      const [across, down] = [x[a]!, y[b]!];
      let [sum, norm] = [0, 0];
      for (let v = 0, i = 0; v < height; v++) {
        for (let u = 0; u < width; u++, i++) {
          const weight = across[u]! * down[v]!;
          sum += weight * data[i]!;
          norm += weight * weight;
        }
      }
      if (norm === 0) continue;
      for (let v = 0, i = 0; v < height; v++) {
        const share = (sum / norm) * down[v]!;
        for (let u = 0; u < width; u++, i++) result[i]! += share * across[u]!;
      }
    }
  }
  return result;
}

/** Polynomials of order 0, 1 and 2 over so many points, orthogonal to one another. */
function basis(n: number): Float64Array[] {
  const line = Float64Array.from({ length: n }, (_, i) => (2 * i + 1) / n - 1);
  const squares = line.map((at) => at * at);
  const mean = squares.reduce((sum, at) => sum + at, 0) / n;
  return [new Float64Array(n).fill(1), line, squares.map((at) => at - mean)];
}
