/** A circle, and how far the points it was fitted to lie from it. */
export interface FittedCircle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Root mean square of the points' distances from the circle. */
  readonly deviation: number;
}

/**
 * The circle that fits points best in the squares of their distances (Kåsa 1976): two linear equations.
 * @param points x0, y0, x1, y1, …
 * @returns a radius of infinity when the points lie on a line
 * @example fitCircle([1, 0, 0, 1, -1, 0]).radius // => 1
 */
export function fitCircle(points: readonly number[]): FittedCircle {
  const n = points.length / 2;
  let [meanX, meanY] = [0, 0];
  for (let k = 0; k < points.length; k += 2) {
    meanX += points[k]! / n;
    meanY += points[k + 1]! / n;
  }
  let [uu, uv, vv, uq, vq] = [0, 0, 0, 0, 0];
  for (let k = 0; k < points.length; k += 2) {
    const u = points[k]! - meanX;
    const v = points[k + 1]! - meanY;
    const q = (u * u + v * v) / 2;
    uu += u * u;
    uv += u * v;
    vv += v * v;
    uq += u * q;
    vq += v * q;
  }
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-9 * uu * vv)) return { x: meanX, y: meanY, radius: Infinity, deviation: Infinity };
  const u = (uq * vv - vq * uv) / determinant;
  const v = (vq * uu - uq * uv) / determinant;
  const [x, y, radius] = [meanX + u, meanY + v, Math.sqrt(u * u + v * v + (uu + vv) / n)];
  let squares = 0;
  for (let k = 0; k < points.length; k += 2) {
    squares += (Math.hypot(points[k]! - x, points[k + 1]! - y) - radius) ** 2;
  }
  return { x, y, radius, deviation: Math.sqrt(squares / n) };
}
