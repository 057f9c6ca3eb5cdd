// Both passes of a symmetric convolution in float64, two pixels an instruction. Taps are added from the middle outwards,
// as the plain loops of gaussian-blur.ts do: the same bits.

/**
 * One pass over a row: sums of `middle` and of the values at equal distances before and behind it, weighed.
 * @param middle address of the row's values, float64
 * @param step bytes from one tap to the next
 * @param kernel radius + 1 weights, float64, from the middle outwards
 * @param sums width values, float64; width rounded up to a multiple of four is written
 */
function weighRow(middle: usize, step: usize, kernel: usize, radius: u32, sums: usize, width: u32): void {
  for (let x: u32 = 0; x < width; x += 4) {
    const at = middle + (x << 3);
    let weight = v128.load64_splat(kernel);
    let low = f64x2.mul(weight, v128.load(at));
    let high = f64x2.mul(weight, v128.load(at, 16));
    let before = at;
    let behind = at;
    for (let k: u32 = 1; k <= radius; k++) {
      before -= step;
      behind += step;
      weight = v128.load64_splat(kernel + (k << 3));
      low = f64x2.add(low, f64x2.mul(weight, f64x2.add(v128.load(before), v128.load(behind))));
      high = f64x2.add(high, f64x2.mul(weight, f64x2.add(v128.load(before, 16), v128.load(behind, 16))));
    }
    v128.store(sums + (x << 3), low);
    v128.store(sums + (x << 3), high, 16);
  }
}

/** The index that a mirrored border (d c b a | a b c d) shows at i. */
function mirrored(i: i32, length: i32): i32 {
  let k = i % (2 * length);
  if (k < 0) k += 2 * length;
  return k < length ? k : 2 * length - 1 - k;
}

/**
 * Convolves each row of `image` (float32) into `rows` (float64 that float32 can hold, `stride` values a row).
 * @param line room for stride + 2·radius values, float64
 */
export function blurRows(
  image: usize,
  width: u32,
  height: u32,
  kernel: usize,
  radius: u32,
  line: usize,
  rows: usize,
  stride: u32,
): void {
  const middle = line + (radius << 3);
  for (let y: u32 = 0; y < height; y++) {
    const source = image + ((y * width) << 2);
    for (let x: u32 = 0; x < width; x++) store<f64>(middle + (x << 3), <f64>load<f32>(source + (x << 2)));
    for (let k: i32 = 1; k <= <i32>radius; k++) {
      const left = mirrored(-k, width);
      const right = mirrored(<i32>width - 1 + k, width);
      store<f64>(middle - (k << 3), <f64>load<f32>(source + (left << 2)));
      store<f64>(middle + ((<i32>width - 1 + k) << 3), <f64>load<f32>(source + (right << 2)));
    }
    const sums = rows + ((y * stride) << 3);
    weighRow(middle, 8, kernel, radius, sums, width);
    for (let x: u32 = 0; x < width; x += 2) {
      const at = sums + (x << 3);
      v128.store(at, f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(v128.load(at))));
    }
  }
}

/**
 * Convolves each column of `rows` into `image` (float32). Before and behind the rows lie `radius` more, mirrored.
 * @param sums room for stride values, float64
 */
export function blurColumns(
  image: usize,
  width: u32,
  height: u32,
  kernel: usize,
  radius: u32,
  sums: usize,
  rows: usize,
  stride: u32,
): void {
  const bytes = stride << 3;
  for (let k: i32 = 1; k <= <i32>radius; k++) {
    memory.copy(rows - k * bytes, rows + mirrored(-k, height) * bytes, bytes);
    memory.copy(rows + (height - 1 + k) * bytes, rows + mirrored(<i32>height - 1 + k, height) * bytes, bytes);
  }
  for (let y: u32 = 0; y < height; y++) {
    weighRow(rows + y * bytes, bytes, kernel, radius, sums, width);
    const target = image + ((y * width) << 2);
    for (let x: u32 = 0; x < width; x++) store<f32>(target + (x << 2), <f32>load<f64>(sums + (x << 3)));
  }
}
