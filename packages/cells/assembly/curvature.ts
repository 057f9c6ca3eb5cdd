// Second derivatives across lines, as plain-curvature.ts takes them: two pixels an instruction, the same bits.

import { pair } from './lanes';

/**
 * @param image float32
 * @param result float32: the greater eigenvalue of the second derivatives by `scale`, 0 where it is below 0 and on the
 * outermost pixels
 */
export function lineCurvature(image: usize, width: i32, height: i32, scale: f64, result: usize): void {
  memory.fill(result, 0, (width * height) << 2);
  for (let y = 1; y + 1 < height; y++) {
    const at = (y * width) << 2;
    let x = 1;
    for (; x + 2 < width; x += 2) {
      v128.store64_lane(result + at + (x << 2), curvatureOf(image + at + (x << 2), width << 2, scale), 0);
    }
    // An odd last pixel; the one beside it belongs to the frame.
    if (x + 1 < width) {
      v128.store32_lane(result + at + (x << 2), curvatureOf(image + at + (x << 2), width << 2, scale), 0);
    }
  }
}

function curvatureOf(at: usize, row: usize, scale: f64): v128 {
  const two = f64x2.splat(2);
  const own = f64x2.mul(two, pair(at));
  const xx = f64x2.sub(f64x2.add(pair(at - 4), pair(at + 4)), own);
  const yy = f64x2.sub(f64x2.add(pair(at - row), pair(at + row)), own);
  const falling = f64x2.add(pair(at - row - 4), pair(at + row + 4));
  const xy = f64x2.mul(f64x2.sub(f64x2.sub(falling, pair(at - row + 4)), pair(at + row - 4)), f64x2.splat(0.25));
  const apart = f64x2.sub(xx, yy);
  const squares = f64x2.add(f64x2.mul(apart, apart), f64x2.mul(f64x2.mul(f64x2.splat(4), xy), xy));
  const value = f64x2.mul(f64x2.add(f64x2.add(xx, yy), f64x2.sqrt(squares)), f64x2.splat(0.5));
  const above = v128.and(f64x2.mul(value, f64x2.splat(scale)), f64x2.gt(value, f64x2.splat(0)));
  return f32x4.demote_f64x2_zero(above);
}
