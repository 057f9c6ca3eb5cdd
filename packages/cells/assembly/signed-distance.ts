// The exact squared Euclidean distance to the nearest pixel of the other phase, as signed-distance.ts defines it: both phases
// in one pass, since a pixel of one is a site of height 0 for the other.

import { fourBytes } from './lanes';
import { findHull, hullBytes, readHull, squareOf } from './lower-hull';
import { LINE_MARGIN, closeLine, isTooFar, lineBytes, nearHeights, searchAround, widen } from './near-line';

/**
 * Distance down and up each column to the nearest pixel of the other phase, int32; `far` where a column has none.
 * @param mask a byte a pixel, 0 or 1
 */
export function columnSteps(mask: usize, width: u32, height: u32, distances: usize, far: i32): void {
  for (let x: u32 = 0; x < width; x++) store<i32>(distances + (x << 2), far);
  const row = width << 2;
  for (let y: u32 = 1; y < height; y++) stepDown(mask + y * width, distances + y * row, width, far);
  for (let y: i32 = <i32>height - 2; y >= 0; y--) stepUp(mask + y * width, distances + y * row, width, far);
}

function stepDown(mask: usize, distances: usize, width: u32, far: i32): void {
  const whole = width & ~3;
  for (let x: u32 = 0; x < whole; x += 4) {
    const at = distances + (x << 2);
    v128.store(at, stepFrom(v128.load(at - (width << 2)), isAlike(mask + x, mask + x - width), far));
  }
  for (let x = whole; x < width; x++) {
    const at = distances + (x << 2);
    const above = load<i32>(at - (width << 2));
    store<i32>(at, load<u8>(mask + x) === load<u8>(mask + x - width) ? min(above + 1, far) : 1);
  }
}

function stepUp(mask: usize, distances: usize, width: u32, far: i32): void {
  const whole = width & ~3;
  for (let x: u32 = 0; x < whole; x += 4) {
    const at = distances + (x << 2);
    const step = stepFrom(v128.load(at + (width << 2)), isAlike(mask + x, mask + x + width), far);
    v128.store(at, i32x4.min_s(v128.load(at), step));
  }
  for (let x = whole; x < width; x++) {
    const at = distances + (x << 2);
    const below = load<u8>(mask + x) === load<u8>(mask + x + width) ? load<i32>(at + (width << 2)) + 1 : 1;
    store<i32>(at, min(load<i32>(at), below));
  }
}

/** One step more than beside where both pixels are of one phase, the first step elsewhere. */
function stepFrom(beside: v128, isSame: v128, far: i32): v128 {
  const one = i32x4.splat(1);
  return i32x4.min_s(i32x4.add(v128.and(beside, isSame), one), i32x4.splat(far));
}

function isAlike(mask: usize, other: usize): v128 {
  return i32x4.eq(fourBytes(mask), fourBytes(other));
}

/**
 * Along each row, the least of (column distance)² + (columns between)² to the other phase, in place: above 0 where the mask
 * is 1, below 0 where it is 0. A phase sees the other as a line of height 0.
 * @param mask with room for eight more bytes
 * @param distances with room for eight more values
 * @param most greatest value
 * @param room for 36·(width + 32) + 1024 bytes
 */
export function signedRows(mask: usize, distances: usize, width: u32, height: u32, most: i32, room: usize): void {
  const inside = room + LINE_MARGIN;
  const outside = inside + lineBytes(width);
  const found = room + 2 * lineBytes(width);
  const squares = found + lineBytes(width);
  const hull = squares + hullBytes(width);
  for (let y: u32 = 0; y < height; y++) {
    const pixels = mask + y * width;
    const row = distances + ((y * width) << 2);
    fillLines(pixels, row, width, most, inside, outside);
    if (searchBoth(inside, outside, found, width)) widen(found, width, row);
    else hullBoth(pixels, row, width, most, squares, hull);
  }
}

/** What either phase sees: the squared distances in its own pixels, 0 in the other's. */
function fillLines(mask: usize, row: usize, width: u32, most: i32, inside: usize, outside: usize): void {
  for (let x: u32 = 0; x < width; x += 8) {
    const isInside = i16x8.neg(i16x8.extend_low_i8x16_u(v128.load64_zero(mask + x)));
    const heights = nearHeights(row + (x << 2), most);
    v128.store(inside + (x << 1), v128.and(heights, isInside));
    v128.store(outside + (x << 1), v128.andnot(heights, isInside));
  }
  closeLine(inside, width);
  closeLine(outside, width);
}

/** False, and the search unfinished, when a pixel's nearest may be farther away than is tried. */
function searchBoth(inside: usize, outside: usize, found: usize, width: u32): bool {
  for (let at: usize = 0; at < width << 1; at += 16) {
    const best = searchAround(inside + at);
    const rest = searchAround(outside + at);
    // One of both is 0.
    if (isTooFar(v128.or(best, rest))) return false;
    v128.store(found + at, i16x8.sub(best, rest));
  }
  return true;
}

function hullBoth(mask: usize, row: usize, width: u32, most: i32, squares: usize, hull: usize): void {
  // One phase after the other: a hull reads its own row's heights.
  const found = hull + hullBytes(width);
  squarePhase(mask, row, squares, width, 1);
  readHull(found, width, most, hull, findHull(squares, width, hull));
  squarePhase(mask, row, squares, width, 0);
  readHull(row, width, most, hull, findHull(squares, width, hull));
  for (let at: usize = 0; at < width << 2; at += 4) store<i32>(row + at, load<i32>(found + at) - load<i32>(row + at));
}

function squarePhase(mask: usize, row: usize, squares: usize, width: u32, phase: i32): void {
  for (let x: u32 = 0; x < width; x++) {
    store<i32>(squares + (x << 2), load<u8>(mask + x) === phase ? squareOf(load<i32>(row + (x << 2))) : 0);
  }
}
