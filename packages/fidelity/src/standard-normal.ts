/**
 * P(Z ≤ z) of a standard normal Z: the power series about 0 (Abramowitz & Stegun 1964, 26.2.10) near it and the continued
 * fraction of the tail (26.2.14) beyond, to about 1e-14.
 * @example normalBelow(1.959963984540054) // => 0.975
 */
export function normalBelow(z: number): number {
  if (z < 0) return normalAbove(-z);
  return z < 3 ? 0.5 + densityAt(z) * seriesAt(z) : 1 - normalAbove(z);
}

/** P(Z > z), with its relative precision kept in the tail. */
export function normalAbove(z: number): number {
  if (z < 0) return normalBelow(-z);
  if (z < 3) return 0.5 - densityAt(z) * seriesAt(z);
  let fraction = z;
  for (let k = 60; k > 0; k--) fraction = z + k / fraction;
  return densityAt(z) / fraction;
}

/**
 * z with P(Z ≤ z) = level.
 * @throws RangeError unless 0 < level < 1
 * @example normalQuantile(0.975) // => 1.9599639845400534
 */
export function normalQuantile(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, got ${level}`);
  let [low, high] = [-40, 40];
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function densityAt(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z³/3 + z⁵/(3·5) + … */
function seriesAt(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}
