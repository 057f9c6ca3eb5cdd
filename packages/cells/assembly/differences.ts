// Sums over an image's inner pixels of what differs from pixel to pixel.

import { pair } from './lanes';

/**
 * Sum of the squares of the Laplacian (4 neighbours).
 * @param image float32, with room for 4 more values
 */
export function laplacianSquares(image: usize, width: i32, height: i32): f64 {
  let sum: f64 = 0;
  for (let y = 1; y + 1 < height; y++) sum += laplacianSquaresOfRow(image + ((y * width) << 2), width);
  return sum;
}

function laplacianSquaresOfRow(row: usize, width: i32): f64 {
  const step: usize = width << 2;
  let squares = f64x2.splat(0);
  let x = 1;
  for (; x + 2 < width; x += 2) {
    const value = laplacian(row + (x << 2), step);
    squares = f64x2.add(squares, f64x2.mul(value, value));
  }
  if (x + 1 < width) {
    // An odd last pixel: the lane beside it belongs to the frame.
    const value = f64x2.replace_lane(laplacian(row + (x << 2), step), 1, 0);
    squares = f64x2.add(squares, f64x2.mul(value, value));
  }
  return f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

function laplacian(at: usize, step: usize): v128 {
  const sides = f64x2.add(f64x2.add(pair(at - 4), pair(at + 4)), f64x2.add(pair(at - step), pair(at + step)));
  return f64x2.sub(sides, f64x2.mul(f64x2.splat(4), pair(at)));
}

/**
 * Sum of the absolute responses to Immerkær's mask (plane-residual.ts), in single precision: whole grey levels are exact.
 * @param image float32, with room for 4 more values
 */
export function planeResidualSum(image: usize, width: i32, height: i32): f64 {
  let sum: f64 = 0;
  for (let y = 1; y + 1 < height; y++) sum += residualsOfRow(image + ((y * width) << 2), width);
  return sum;
}

function residualsOfRow(row: usize, width: i32): f64 {
  const step: usize = width << 2;
  let sums = f64x2.splat(0);
  for (let x = 1; x + 1 < width; x += 4) {
    let value = f32x4.abs(planeResiduals(row + (x << 2), step));
    for (let lane = width - 1 - x; lane < 4; lane++) value = withoutLane(value, lane);
    sums = f64x2.add(sums, f64x2.promote_low_f32x4(value));
    sums = f64x2.add(sums, f64x2.promote_low_f32x4(i8x16.shuffle(value, value, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)));
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Of four pixels: second differences down three columns, then across. */
function planeResiduals(at: usize, step: usize): v128 {
  const own = f32x4.mul(downwards(at, step), f32x4.splat(2));
  return f32x4.sub(f32x4.add(downwards(at - 4, step), downwards(at + 4, step)), own);
}

/**
 * Counts the inner pixels by their absolute response to Immerkær's mask, rounded, halves up; those without one not at all.
 * @param image float32, with room for 4 more values
 * @param counts of 0 to most, int32, 0 at first: greater responses count as `most`
 * @param line room for width + 4 values, int32
 */
export function countResiduals(image: usize, width: i32, height: i32, counts: usize, most: i32, line: usize): void {
  for (let y = 1; y + 1 < height; y++) {
    roundResiduals(image + ((y * width) << 2), width, most, line);
    countLine(line, width, counts);
  }
}

function roundResiduals(row: usize, width: i32, most: i32, line: usize): void {
  const step: usize = width << 2;
  for (let x = 1; x + 1 < width; x += 4) {
    const value = f32x4.abs(planeResiduals(row + (x << 2), step));
    const bin = i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(value, f32x4.splat(0.5))));
    const none = f32x4.eq(value, f32x4.splat(0));
    // −1 where there is no response.
    v128.store(line + (x << 2), v128.or(i32x4.min_s(bin, i32x4.splat(most)), none));
  }
}

function countLine(line: usize, width: i32, counts: usize): void {
  for (let x = 1; x + 1 < width; x++) {
    const bin = load<i32>(line + (x << 2));
    if (bin < 0) continue;
    const at = counts + (bin << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

function downwards(at: usize, step: usize): v128 {
  const own = v128.load(at);
  return f32x4.sub(f32x4.add(v128.load(at - step), v128.load(at + step)), f32x4.add(own, own));
}

/** Pixels beyond the last inner one count nothing. */
function withoutLane(values: v128, lane: i32): v128 {
  if (lane === 1) return f32x4.replace_lane(values, 1, 0);
  if (lane === 2) return f32x4.replace_lane(values, 2, 0);
  return f32x4.replace_lane(values, 3, 0);
}
