// A row of a distance transform by the lower hull of its parabolas, whose cost does not depend on distances.

// Above every squared distance of an image of 4 million pixels that is not a thread.
const FARTHEST: i32 = 1 << 15;

/** Bytes that `findHull` and `readHull` take. */
export function hullBytes(width: u32): usize {
  return ((width + 3) & ~3) * 12;
}

/** The square of a column distance, as far as 32 bits reach. */
export function squareOf(distance: i32): i32 {
  const near = min(distance, FARTHEST);
  return near * near;
}

/**
 * A column s at height g is at squared distance x² + (s² + g²) − 2xs from column x: the nearest ones are the corners of the
 * lower hull of the points (s, s² + g²).
 * @param squares width values, int32
 * @param hull room of `hullBytes`: the corners' s² + g², float64, and behind them their s, int32
 * @returns how many corners it has
 */
export function findHull(squares: usize, width: i32, hull: usize): i32 {
  const sites = hull + (width << 3);
  let top = 0;
  for (let x = 0; x < width; x++) {
    const lift = <f64>x * x + load<i32>(squares + (x << 2));
    for (; top > 1; top--) {
      const site = load<i32>(sites + ((top - 1) << 2));
      const below = load<i32>(sites + ((top - 2) << 2));
      const height = load<f64>(hull + ((top - 1) << 3));
      if ((height - load<f64>(hull + ((top - 2) << 3))) * (x - site) < (lift - height) * (site - below)) break;
    }
    store<i32>(sites + (top << 2), x);
    store<f64>(hull + (top << 3), lift);
    top++;
  }
  return top;
}

/** The least squared distance of each column, corner by corner. */
export function readHull(row: usize, width: i32, most: i32, hull: usize, top: i32): void {
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
    store<i32>(row + (x << 2), <i32>min(value + <f64>x * x, <f64>most));
  }
}
