// The exact squared Euclidean distance to the nearest pixel outside a mask, as distance-transform.ts defines it.

import { findHull, hullBytes, readHull, squareOf } from './lower-hull';
import { LINE_MARGIN, closeLine, isTooFar, lineBytes, nearHeights, searchAround, widen } from './near-line';

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

/**
 * Along each row, the least of (column distance)² + (columns between)², in place.
 *
 * Columns to both sides are tried for eight pixels at once, until none can be nearer. A row with a pixel farther away than
 * that reaches is done by the lower hull.
 * @param distances with room for eight more values
 * @param most greatest value
 * @param room for 36·(width + 32) + 1024 bytes
 */
export function rowDistances(distances: usize, width: u32, height: u32, most: i32, room: usize): void {
  const line = room + LINE_MARGIN;
  const found = room + lineBytes(width);
  const squares = found + lineBytes(width);
  const hull = squares + hullBytes(width);
  for (let y: u32 = 0; y < height; y++) {
    const row = distances + ((y * width) << 2);
    fillLine(row, line, width, most);
    if (searchLine(line, found, width)) widen(found, width, row);
    else {
      squareRow(row, squares, width);
      readHull(row, width, most, hull, findHull(squares, width, hull));
    }
  }
}

function fillLine(row: usize, line: usize, width: u32, most: i32): void {
  for (let x: u32 = 0; x < width; x += 8) v128.store(line + (x << 1), nearHeights(row + (x << 2), most));
  closeLine(line, width);
}

/** False, and the search unfinished, when a pixel's nearest may be farther away than is tried. */
function searchLine(line: usize, found: usize, width: u32): bool {
  for (let at: usize = 0; at < width << 1; at += 16) {
    const best = searchAround(line + at);
    if (isTooFar(best)) return false;
    v128.store(found + at, best);
  }
  return true;
}

function squareRow(row: usize, squares: usize, width: u32): void {
  for (let at: usize = 0; at < width << 2; at += 4) store<i32>(squares + at, squareOf(load<i32>(row + at)));
}
