// Both passes of a separable resize: sums in float64, tap by tap as the plain loops of resize-clean.ts add them, stored as
// float32. The same bits.

/**
 * Resizes each row of `input` (float32) into `output`, two rows an instruction.
 * @param first, length, weights which samples of a row each output sample is made of, `stride` weights (float64) each
 * @param pair room for two rows, float64, interleaved
 */
export function resizeRows(
  input: usize,
  rows: u32,
  inputWidth: u32,
  channels: u32,
  output: usize,
  outputWidth: u32,
  first: usize,
  length: usize,
  weights: usize,
  stride: u32,
  pair: usize,
): void {
  const inputLength = inputWidth * channels;
  const outputLength = outputWidth * channels;
  const step = channels << 4;
  for (let y: u32 = 0; y < rows; y += 2) {
    const upper = input + ((y * inputLength) << 2);
    // The last row of an odd number is its own partner.
    const isLast = y + 1 === rows;
    const lower = isLast ? upper : upper + (inputLength << 2);
    for (let i: u32 = 0; i < inputLength; i++) {
      store<f64>(pair + (i << 4), <f64>load<f32>(upper + (i << 2)));
      store<f64>(pair + (i << 4), <f64>load<f32>(lower + (i << 2)), 8);
    }
    let to = output + ((y * outputLength) << 2);
    const below = isLast ? 0 : outputLength << 2;
    for (let x: u32 = 0; x < outputWidth; x++) {
      const start = pair + load<i32>(first + (x << 2)) * step;
      const own = weights + ((x * stride) << 3);
      const end = own + (load<i32>(length + (x << 2)) << 3);
      for (let c: u32 = 0; c < channels; c++) {
        let from = start + (c << 4);
        let sum = f64x2.splat(0);
        for (let weight = own; weight < end; weight += 8) {
          sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(weight), v128.load(from)));
          from += step;
        }
        store<f32>(to, <f32>f64x2.extract_lane(sum, 0));
        store<f32>(to + below, <f32>f64x2.extract_lane(sum, 1));
        to += 4;
      }
    }
  }
}

/**
 * Resizes the columns of `input` (float32, `rowLength` values a row) into `output`, clipped to [0, 255], four values an
 * instruction. Up to three values past the end of either are read or written.
 */
export function resizeColumns(
  input: usize,
  rowLength: u32,
  output: usize,
  outputHeight: u32,
  first: usize,
  length: usize,
  weights: usize,
  stride: u32,
): void {
  const rowBytes = rowLength << 2;
  for (let y: u32 = 0; y < outputHeight; y++) {
    const top = input + load<i32>(first + (y << 2)) * rowBytes;
    const own = weights + ((y * stride) << 3);
    const end = own + (load<i32>(length + (y << 2)) << 3);
    const to = output + y * rowBytes;
    // What is written past the end of a row is the beginning of the next one, which comes after.
    for (let x: u32 = 0; x < rowBytes; x += 16) {
      let from = top + x;
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      for (let at = own; at < end; at += 8) {
        const weight = v128.load64_splat(at);
        const values = v128.load(from);
        low = f64x2.add(low, f64x2.mul(weight, f64x2.promote_low_f32x4(values)));
        high = f64x2.add(high, f64x2.mul(weight, f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 1))));
        from += rowBytes;
      }
      v128.store(to + x, i64x2.shuffle(clipped(low), clipped(high), 0, 2));
    }
  }
}

/** Two sums in [0, 255] as float32, in the lower half. */
// @ts-ignore: decorator
@inline
function clipped(sums: v128): v128 {
  const above = f64x2.pmax(sums, f64x2.splat(0));
  return f32x4.demote_f64x2_zero(f64x2.pmin(above, f64x2.splat(255)));
}
