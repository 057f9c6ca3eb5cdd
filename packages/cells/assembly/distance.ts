// The exact squared Euclidean distance to the nearest pixel outside a mask, as distance-transform.ts defines it.

/**
 * Distance down and up each column to the nearest pixel outside, int32; `far` where a column has none.
 * @param mask a byte a pixel, 0 outside
 */
export function columnDistances(mask: usize, width: u32, height: u32, distances: usize, far: i32): void {
  for (let x: u32 = 0; x < width; x++) store<i32>(distances + (x << 2), load<u8>(mask + x) ? far : 0);
  const row = width << 2;
  for (let y: u32 = 1; y < height; y++) stepDown(mask + y * width, distances + y * row, row, width, far);
  for (let y: i32 = <i32>height - 2; y >= 0; y--) stepUp(distances + y * row, row, width);
}

function stepDown(mask: usize, distances: usize, row: u32, width: u32, far: i32): void {
  const whole = width & ~3;
  const one = i32x4.splat(1);
  const most = i32x4.splat(far);
  for (let x: u32 = 0; x < whole; x += 4) {
    const at = distances + (x << 2);
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(mask + x));
    const isInside = i32x4.ne(i32x4.extend_low_i16x8_u(bytes), i32x4.splat(0));
    const below = i32x4.min_s(i32x4.add(v128.load(at - row), one), most);
    v128.store(at, v128.and(below, isInside));
  }
  for (let x = whole; x < width; x++) {
    const at = distances + (x << 2);
    store<i32>(at, load<u8>(mask + x) ? min(load<i32>(at - row) + 1, far) : 0);
  }
}

function stepUp(distances: usize, row: u32, width: u32): void {
  const whole = width & ~3;
  const one = i32x4.splat(1);
  for (let x: u32 = 0; x < whole; x += 4) {
    const at = distances + (x << 2);
    v128.store(at, i32x4.min_s(v128.load(at), i32x4.add(v128.load(at + row), one)));
  }
  for (let x = whole; x < width; x++) {
    const at = distances + (x << 2);
    store<i32>(at, min(load<i32>(at), load<i32>(at + row) + 1));
  }
}

// How many columns to both sides are tried before a row is left to the hull.
export const REACH: i32 = 64;
export const NONE: i32 = 1 << 30;

/**
 * Along each row, the least of (column distance)² + (columns between)², in place.
 *
 * Columns to both sides are tried for four pixels at once, until none can be nearer. A row with a pixel farther away than
 * REACH is done by the lower hull of the parabolas, whose cost does not depend on distances.
 * @param most greatest value
 * @param squares room for width + 2·REACH + 4 values, int32
 * @param sites room for width values, int32
 * @param lifts room for width values, float64
 */
export function rowDistances(
  distances: usize,
  width: u32,
  height: u32,
  most: i32,
  squares: usize,
  sites: usize,
  lifts: usize,
): void {
  const first = squares + (REACH << 2);
  // No column needs to be searched for farther than distances are told.
  const limit = min(most, NONE);
  for (let k: i32 = 0; k < REACH; k++) store<i32>(squares + (k << 2), NONE);
  for (let x: u32 = width; x < width + REACH + 4; x++) store<i32>(first + (x << 2), NONE);
  for (let y: u32 = 0; y < height; y++) {
    const row = distances + ((y * width) << 2);
    for (let x: u32 = 0; x < width; x++) {
      const distance = load<i32>(row + (x << 2));
      store<i32>(first + (x << 2), min(distance * distance, limit));
    }
    if (searchRow(row, first, width)) continue;
    readHull(row, width, most, sites, lifts, findHull(first, width, sites, lifts));
  }
}

/** False, and the row unfinished, when a pixel's nearest may be farther away than REACH. */
function searchRow(row: usize, squares: usize, width: u32): bool {
  const whole = width & ~3;
  for (let x: u32 = 0; x < whole; x += 4) {
    const best = searchAround(squares + (x << 2), v128.load(squares + (x << 2)));
    if (v128.any_true(i32x4.gt_s(best, i32x4.splat(REACH * REACH)))) return false;
    v128.store(row + (x << 2), best);
  }
  for (let x = whole; x < width; x++) {
    const at = squares + (x << 2);
    const best = i32x4.extract_lane(searchAround(at, i32x4.replace_lane(i32x4.splat(0), 0, load<i32>(at))), 0);
    if (best > REACH * REACH) return false;
    store<i32>(row + (x << 2), best);
  }
  return true;
}

function searchAround(at: usize, best: v128): v128 {
  let before = at;
  let behind = at;
  for (let k: i32 = 1; k <= REACH; k++) {
    const across = i32x4.splat(k * k);
    if (!v128.any_true(i32x4.gt_s(best, across))) break;
    before -= 4;
    behind += 4;
    best = i32x4.min_s(best, i32x4.add(i32x4.min_s(v128.load(before), v128.load(behind)), across));
  }
  return best;
}

/**
 * A column s at height g is at squared distance x² + (s² + g²) − 2xs from column x: the nearest ones are the corners of the
 * lower hull of the points (s, s² + g²).
 * @returns how many corners it has
 */
export function findHull(squares: usize, width: i32, sites: usize, lifts: usize): i32 {
  let top = 0;
  for (let x = 0; x < width; x++) {
    const lift = <f64>x * x + load<i32>(squares + (x << 2));
    for (; top > 1; top--) {
      const site = load<i32>(sites + ((top - 1) << 2));
      const below = load<i32>(sites + ((top - 2) << 2));
      const height = load<f64>(lifts + ((top - 1) << 3));
      if ((height - load<f64>(lifts + ((top - 2) << 3))) * (x - site) < (lift - height) * (site - below)) break;
    }
    store<i32>(sites + (top << 2), x);
    store<f64>(lifts + (top << 3), lift);
    top++;
  }
  return top;
}

/** The least squared distance of each column, corner by corner. */
function readHull(row: usize, width: i32, most: i32, sites: usize, lifts: usize, top: i32): void {
  let corner = 0;
  for (let x = 0; x < width; x++) {
    let value = load<f64>(lifts) - 2 * <f64>x * load<i32>(sites);
    for (; corner + 1 < top; corner++) {
      const next = load<f64>(lifts, 8) - 2 * <f64>x * load<i32>(sites, 4);
      if (next >= value) break;
      value = next;
      lifts += 8;
      sites += 4;
    }
    store<i32>(row + (x << 2), <i32>min(value + <f64>x * x, <f64>most));
  }
}
