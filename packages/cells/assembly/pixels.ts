// Grey levels of each pixel by themselves or with their neighbours of 2×2: the bits of to-bytes.ts, halved.ts and
// flatten-background.ts.

/**
 * Rounds float32, halves up, to a byte each, cut off to 0 to 255.
 * @param values with room for 16 more, as `bytes` has
 */
export function roundToBytes(values: usize, count: i32, bytes: usize): void {
  for (let start = 0; start < count; start += 4096) roundSome(values + (start << 2), min(4096, count - start), bytes + start);
}

function roundSome(values: usize, count: i32, bytes: usize): void {
  for (let i = 0; i < count; i += 16) {
    const at = values + (i << 2);
    const low = i16x8.narrow_i32x4_s(rounded(at), rounded(at + 16));
    const high = i16x8.narrow_i32x4_s(rounded(at + 32), rounded(at + 48));
    v128.store(bytes + i, i8x16.narrow_i16x8_u(low, high));
  }
}

function rounded(at: usize): v128 {
  const value = v128.load(at);
  const below = f32x4.floor(value);
  // −1 where the next whole number is nearer; a half added first would be rounded itself.
  const up = f32x4.ge(f32x4.sub(value, below), f32x4.splat(0.5));
  return i32x4.sub(i32x4.trunc_sat_f32x4_s(below), up);
}

/**
 * Means of 2×2 pixels.
 * @param image float32, 2 pixels wide and high at least
 * @param result half the width times half the height, with room for 2 values more
 */
export function halve(image: usize, width: i32, height: i32, result: usize): void {
  const halfWidth = width >> 1;
  for (let y = 0; y < height >> 1; y++) {
    halveRow(image + ((2 * y * width) << 2), width << 2, halfWidth, result + ((y * halfWidth) << 2));
  }
}

function halveRow(upper: usize, row: usize, halfWidth: i32, result: usize): void {
  for (let x = 0; x < halfWidth; x += 2) {
    const above = v128.load(upper + (x << 3));
    const below = v128.load(upper + row + (x << 3));
    const sum = f64x2.add(f64x2.add(f64x2.add(evens(above), odds(above)), evens(below)), odds(below));
    v128.store64_lane(result + (x << 2), f32x4.demote_f64x2_zero(f64x2.mul(sum, f64x2.splat(0.25))), 0);
  }
}

function evens(four: v128): v128 {
  return f64x2.promote_low_f32x4(i8x16.shuffle(four, four, 0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11));
}

function odds(four: v128): v128 {
  return f64x2.promote_low_f32x4(i8x16.shuffle(four, four, 4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15));
}

/**
 * Subtracts from a row what lies at a share of the way between two others.
 * @param row float32
 * @param above float64, as many
 * @param below the same
 */
export function subtractBetween(row: usize, width: i32, above: usize, below: usize, share: f64): void {
  const part = f64x2.splat(share);
  let x = 0;
  for (; x + 1 < width; x += 2) {
    const from = v128.load(above + (x << 3));
    const between = f64x2.add(from, f64x2.mul(part, f64x2.sub(v128.load(below + (x << 3)), from)));
    const value = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row + (x << 2))), between);
    v128.store64_lane(row + (x << 2), f32x4.demote_f64x2_zero(value), 0);
  }
  if (x < width) {
    const from = load<f64>(above + (x << 3));
    const between = from + share * (load<f64>(below + (x << 3)) - from);
    store<f32>(row + (x << 2), <f32>(<f64>load<f32>(row + (x << 2)) - between));
  }
}
