// The nearest site of eight pixels of a row at once, where it is near: a line of heights in 16 bits, searched to both sides.

// How many columns to both sides are tried before a row is left to the hull.
export const REACH: i32 = 64;
// A column distance that is certainly too far: with REACH more to the side, its square still fits into 16 bits.
const TOO_FAR: i16 = 2 * 64;
const HEIGHT_TOO_FAR: i16 = TOO_FAR * TOO_FAR;
/** Bytes from the start of a line to its first pixel. */
export const LINE_MARGIN: usize = 2 * 64;

/** Bytes that the line of a row takes, with its margins and a last instruction's. */
export function lineBytes(width: u32): usize {
  return ((width + 7) & ~7) * 2 + 2 * LINE_MARGIN;
}

/** Nothing lies before and behind a line. */
export function closeLine(line: usize, width: u32): void {
  for (let at = line - LINE_MARGIN; at < line; at += 2) store<i16>(at, HEIGHT_TOO_FAR);
  const end = line + lineBytes(width) - LINE_MARGIN;
  for (let at = line + (width << 1); at < end; at += 2) store<i16>(at, HEIGHT_TOO_FAR);
}

/** The squares of eight column distances, cut off at `most` and at what is too far. */
export function nearHeights(distances: usize, most: i32): v128 {
  const both = i16x8.narrow_i32x4_s(v128.load(distances), v128.load(distances, 16));
  const distance = i16x8.min_s(both, i16x8.splat(TOO_FAR));
  return i16x8.min_s(i16x8.mul(distance, distance), i16x8.splat(<i16>min(most, <i32>HEIGHT_TOO_FAR)));
}

/** The least of the heights of eight columns and of those around them, raised by the square of how far away they are. */
export function searchAround(at: usize): v128 {
  let best = v128.load(at);
  let before = at;
  let behind = at;
  let across = i16x8.splat(1);
  let rise = i16x8.splat(3);
  // Two steps before it is asked again whether another can be nearer.
  for (let k: i32 = 0; k < REACH; k += 2) {
    if (!v128.any_true(i16x8.gt_s(best, across))) break;
    before -= 4;
    behind += 4;
    best = i16x8.min_s(best, i16x8.add(i16x8.min_s(v128.load(before, 2), v128.load(behind - 2)), across));
    across = i16x8.add(across, rise);
    rise = i16x8.add(rise, i16x8.splat(2));
    best = i16x8.min_s(best, i16x8.add(i16x8.min_s(v128.load(before), v128.load(behind)), across));
    across = i16x8.add(across, rise);
    rise = i16x8.add(rise, i16x8.splat(2));
  }
  return best;
}

/** Whether one of eight may have a nearer site than those that were tried. */
export function isTooFar(best: v128): bool {
  return v128.any_true(i16x8.gt_s(best, i16x8.splat(<i16>(REACH * REACH))));
}

/** Writes a line of values in 16 bits as int32. */
export function widen(line: usize, width: u32, target: usize): void {
  const whole = width & ~7;
  for (let x: u32 = 0; x < whole; x += 8) {
    const values = v128.load(line + (x << 1));
    v128.store(target + (x << 2), i32x4.extend_low_i16x8_s(values));
    v128.store(target + (x << 2), i32x4.extend_high_i16x8_s(values), 16);
  }
  for (let x = whole; x < width; x++) store<i32>(target + (x << 2), <i32>load<i16>(line + (x << 1)));
}
