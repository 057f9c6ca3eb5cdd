import { addScaled, dot, householder } from './vectors';

// Reduction of an upper band matrix to bidiagonal form by chasing bulges (Lang 1996, "Parallel reduction of banded
// matrices to bidiagonal form"; the order of the steps is that of Bischof, Lang & Sun 2000 for symmetric bands): each
// sweep clears one row behind the superdiagonal, and only the first column and row of every bulge that this makes, since
// the next sweep works on the rest of it anyway.

/**
 * Reduces an n×n matrix with `width` superdiagonals. Row r is stored from column r − width on, 3·width elements: the band
 * needs the middle third, the bulges the others. 2·width rows of zeros follow the last. Writes n diagonal and n − 1
 * superdiagonal elements; `work` holds 3·width float64.
 */
export function bidiagonalizeBand(
  band: usize,
  n: usize,
  width: usize,
  diagonal: usize,
  superdiagonal: usize,
  work: usize,
): void {
  // Element (r, c) lies at origin + r·down + 8c.
  const down = (3 * width - 1) << 3;
  const origin = band + (width << 3);
  const length = width << 3;
  const v = work;
  const sums = v + length;
  for (let i: usize = 0; i + 1 < n; i++) {
    store<f64>(diagonal + (i << 3), load<f64>(origin + i * (down + 8)));
    reflectRows(origin + i * (down + 8) + 8, down, width, width, v);
    store<f64>(superdiagonal + (i << 3), load<f64>(origin + i * (down + 8) + 8));
    for (let first = i + 1; first < n; first += width) {
      const corner = origin + first * (down + 8);
      reflectColumns(corner, down, width, v, sums);
      if (first + width < n) reflectRows(corner + length, down, width, 2 * width - 1, v);
    }
  }
  store<f64>(diagonal + ((n - 1) << 3), load<f64>(origin + (n - 1) * (down + 8)));
}

/** Makes the `width` elements at `row` a multiple of the first, by a reflection of their columns; `below` rows follow. */
function reflectRows(row: usize, down: usize, width: usize, below: usize, v: usize): void {
  memory.copy(v, row, width << 3);
  const tau = householder(v, width, row);
  memory.fill(row + 8, 0, (width - 1) << 3);
  if (tau === 0) return;
  for (let k: usize = 0; k < below; k++) {
    row += down;
    addScaled(row, v, -tau * dot(row, v, width), width);
  }
}

/** Makes the `width` elements from `corner` down a multiple of the first, by a reflection of their rows, 2·width long. */
function reflectColumns(corner: usize, down: usize, width: usize, v: usize, sums: usize): void {
  for (let k: usize = 0; k < width; k++) {
    store<f64>(v + (k << 3), load<f64>(corner + k * down));
    store<f64>(corner + k * down, 0);
  }
  const tau = householder(v, width, corner);
  if (tau === 0) return;
  const length = 2 * width - 1;
  memory.fill(sums, 0, length << 3);
  for (let k: usize = 0; k < width; k++) {
    addScaled(sums, corner + k * down + 8, load<f64>(v + (k << 3)), length);
  }
  for (let k: usize = 0; k < width; k++) {
    addScaled(corner + k * down + 8, sums, -tau * load<f64>(v + (k << 3)), length);
  }
}
