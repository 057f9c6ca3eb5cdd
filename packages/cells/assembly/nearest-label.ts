// The label of the nearest labelled pixel, and its squared distance: distance.ts with labels carried along. Of pixels as
// near the one above, and then the leftmost column, counts, as in distance-transform.ts.
import { findHull, squareOf } from './lower-hull';
import { REACH } from './near-line';

// Where there is no column.
const NONE: i32 = 1 << 30;

/**
 * Distance down and up each column to the nearest label, and that label; `far` and 0 where a column has none.
 * @param labels int32, 0 for none; the nearest are written here
 */
export function columnLabels(labels: usize, width: u32, height: u32, distances: usize, far: i32): void {
  const row = width << 2;
  for (let x: u32 = 0; x < width; x++) store<i32>(distances + (x << 2), load<i32>(labels + (x << 2)) ? 0 : far);
  for (let y: u32 = 1; y < height; y++) {
    for (let x: u32 = 0; x < row; x += 4) {
      const at = y * row + x;
      const isLabelled = load<i32>(labels + at) !== 0;
      store<i32>(distances + at, isLabelled ? 0 : min(load<i32>(distances + at - row) + 1, far));
      if (!isLabelled) store<i32>(labels + at, load<i32>(labels + at - row));
    }
  }
  for (let y: i32 = <i32>height - 2; y >= 0; y--) {
    for (let x: u32 = 0; x < row; x += 4) {
      const at = y * row + x;
      const below = load<i32>(distances + at + row) + 1;
      if (below >= load<i32>(distances + at)) continue;
      store<i32>(distances + at, below);
      store<i32>(labels + at, load<i32>(labels + at + row));
    }
  }
}

/**
 * Along each row, the least of (column distance)² + (columns between)², and the label it leads to, in place.
 * @param most greatest value
 * @param squares room for width + 2·REACH + 4 values, int32
 * @param names as much room
 * @param hull room for width values, float64, and behind them as many, int32
 */
export function rowLabels(
  distances: usize,
  labels: usize,
  width: u32,
  height: u32,
  most: i32,
  squares: usize,
  names: usize,
  hull: usize,
): void {
  const first = squares + (REACH << 2);
  const ahead = names - squares;
  for (let k: i32 = 0; k < REACH; k++) store<i32>(squares + (k << 2), NONE);
  for (let x: u32 = width; x < width + REACH + 4; x++) store<i32>(first + (x << 2), NONE);
  for (let y: u32 = 0; y < height; y++) {
    const at = (y * width) << 2;
    for (let x: u32 = 0; x < width; x++) {
      store<i32>(first + (x << 2), squareOf(load<i32>(distances + at + (x << 2))));
    }
    memory.copy(first + ahead, labels + at, width << 2);
    if (searchLabels(distances + at, labels + at, first, ahead, width)) continue;
    readLabels(distances + at, labels + at, first + ahead, width, most, hull, findHull(first, width, hull));
  }
}

/** False, and the row unfinished, when a pixel's nearest may be farther away than REACH. */
function searchLabels(distances: usize, labels: usize, squares: usize, ahead: usize, width: u32): bool {
  for (let x: u32 = 0; x < width; x += 4) {
    const at = squares + (x << 2);
    let best = v128.load(at);
    // Lanes beyond the row are done before they begin.
    if (x + 1 >= width) best = i32x4.replace_lane(best, 1, 0);
    if (x + 2 >= width) best = i32x4.replace_lane(best, 2, 0);
    if (x + 3 >= width) best = i32x4.replace_lane(best, 3, 0);
    let name = v128.load(at + ahead);
    let before = at;
    let behind = at;
    for (let k: i32 = 1; k <= REACH; k++) {
      const across = i32x4.splat(k * k);
      if (!v128.any_true(i32x4.ge_s(best, across))) break;
      before -= 4;
      behind += 4;
      const right = i32x4.add(v128.load(behind), across);
      name = v128.bitselect(v128.load(behind + ahead), name, i32x4.lt_s(right, best));
      best = i32x4.min_s(best, right);
      const left = i32x4.add(v128.load(before), across);
      name = v128.bitselect(v128.load(before + ahead), name, i32x4.le_s(left, best));
      best = i32x4.min_s(best, left);
    }
    if (v128.any_true(i32x4.ge_s(best, i32x4.splat((REACH + 1) * (REACH + 1))))) return false;
    if (x + 4 <= width) {
      v128.store(distances + (x << 2), best);
      v128.store(labels + (x << 2), name);
      continue;
    }
    store<i32>(distances + (x << 2), i32x4.extract_lane(best, 0));
    store<i32>(labels + (x << 2), i32x4.extract_lane(name, 0));
    if (x + 1 >= width) continue;
    store<i32>(distances + (x << 2), i32x4.extract_lane(best, 1), 4);
    store<i32>(labels + (x << 2), i32x4.extract_lane(name, 1), 4);
    if (x + 2 >= width) continue;
    store<i32>(distances + (x << 2), i32x4.extract_lane(best, 2), 8);
    store<i32>(labels + (x << 2), i32x4.extract_lane(name, 2), 8);
  }
  return true;
}

function readLabels(
  distances: usize,
  labels: usize,
  names: usize,
  width: i32,
  most: i32,
  hull: usize,
  top: i32,
): void {
  let lifts = hull;
  let sites = hull + (width << 3);
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
    store<i32>(distances + (x << 2), <i32>min(value + <f64>x * x, <f64>most));
    store<i32>(labels + (x << 2), load<i32>(names + (load<i32>(sites) << 2)));
  }
}
