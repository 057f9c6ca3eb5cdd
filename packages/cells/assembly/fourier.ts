// The transforms of self-products.ts, two side by side: values of both lie next to each other and go through each
// instruction together. The same steps as in plain-self-products.ts and fourier-transform.ts: the same bits.

/** Tables of a transform of n values: factors stage by stage and pairs of places to exchange, as `radix2Tables` makes them. */
let length: i32 = 0;
let cosines: usize = 0;
let sines: usize = 0;
let swaps: usize = 0;
let swapCount: i32 = 0;

/** Sets the tables that the next calls use. */
export function setTransform(n: i32, cos: usize, sin: usize, pairs: usize, count: i32): void {
  length = n;
  cosines = cos;
  sines = sin;
  swaps = pairs;
  swapCount = count;
}

/** Both transforms in place; with `re` and `im` exchanged the inverse ones, but for the division by n. */
function transform(re: usize, im: usize): void {
  for (let k = 0; k < swapCount; k++) {
    const one = load<i32>(swaps + (k << 3)) << 4;
    const other = load<i32>(swaps + (k << 3), 4) << 4;
    exchange(re + one, re + other);
    exchange(im + one, im + other);
  }
  let half: i32 = 1;
  if (ctz(length) & 1) {
    pairUp(re);
    pairUp(im);
    half = 2;
  }
  for (; half < length; half *= 4) for (let k = 0; k < half; k++) twoStages(re, im, half, k);
}

function exchange(a: usize, b: usize): void {
  const value = v128.load(a);
  v128.store(a, v128.load(b));
  v128.store(b, value);
}

function pairUp(values: usize): void {
  for (let at = values; at < values + (length << 4); at += 32) {
    const u = v128.load(at);
    const x = v128.load(at, 16);
    v128.store(at, f64x2.add(u, x));
    v128.store(at, f64x2.sub(u, x), 16);
  }
}

/** Two stages in one pass, for the values that share the factors of number k. */
function twoStages(re: usize, im: usize, half: i32, k: i32): void {
  const near = (half - 1 + k) << 3;
  const far = (2 * half - 1 + k) << 3;
  const c = v128.load64_splat(cosines + near);
  const s = v128.load64_splat(sines + near);
  const c2 = v128.load64_splat(cosines + far);
  const s2 = v128.load64_splat(sines + far);
  const step = half << 4;
  for (let i = k << 4; i < length << 4; i += step << 2) {
    const r = re + i;
    const m = im + i;
    const r1 = v128.load(r + step);
    const m1 = v128.load(m + step);
    const r2 = v128.load(r + 2 * step);
    const m2 = v128.load(m + 2 * step);
    const r3 = v128.load(r + 3 * step);
    const m3 = v128.load(m + 3 * step);
    const x1 = f64x2.sub(f64x2.mul(r1, c), f64x2.mul(m1, s));
    const y1 = f64x2.add(f64x2.mul(r1, s), f64x2.mul(m1, c));
    const x3 = f64x2.sub(f64x2.mul(r3, c), f64x2.mul(m3, s));
    const y3 = f64x2.add(f64x2.mul(r3, s), f64x2.mul(m3, c));
    const r0 = v128.load(r);
    const m0 = v128.load(m);
    const a0 = f64x2.add(r0, x1);
    const b0 = f64x2.add(m0, y1);
    const a1 = f64x2.sub(r0, x1);
    const b1 = f64x2.sub(m0, y1);
    const p2 = f64x2.add(r2, x3);
    const q2 = f64x2.add(m2, y3);
    const p3 = f64x2.sub(r2, x3);
    const q3 = f64x2.sub(m2, y3);
    const x2 = f64x2.sub(f64x2.mul(p2, c2), f64x2.mul(q2, s2));
    const y2 = f64x2.add(f64x2.mul(p2, s2), f64x2.mul(q2, c2));
    // A quarter turn further on than the factor before.
    const x4 = f64x2.add(f64x2.mul(p3, s2), f64x2.mul(q3, c2));
    const y4 = f64x2.sub(f64x2.mul(q3, s2), f64x2.mul(p3, c2));
    v128.store(r, f64x2.add(a0, x2));
    v128.store(m, f64x2.add(b0, y2));
    v128.store(r + 2 * step, f64x2.sub(a0, x2));
    v128.store(m + 2 * step, f64x2.sub(b0, y2));
    v128.store(r + step, f64x2.add(a1, x4));
    v128.store(m + step, f64x2.add(b1, y4));
    v128.store(r + 3 * step, f64x2.sub(a1, x4));
    v128.store(m + 3 * step, f64x2.sub(b1, y4));
  }
}

/**
 * The spectrum of each row of an image: two rows go through one transform, as its real and its imaginary part.
 * @param image float32
 * @param re spectrum, `stride` float64 a row, of which n/2 + 1 are written; 0 at first
 * @param line room for 4·n float64
 */
export function transformRows(
  image: usize,
  width: i32,
  height: i32,
  re: usize,
  im: usize,
  stride: i32,
  line: usize,
): void {
  const lineIm = line + (length << 4);
  for (let y = 0; y < height; y += 4) {
    memory.fill(line, 0, length << 5);
    for (let k = 0; k < min(4, height - y); k++) {
      // Rows 0 and 2 are real parts of both transforms, 1 and 3 imaginary ones.
      const target = (k & 1 ? lineIm : line) + ((k >> 1) << 3);
      const source = image + (((y + k) * width) << 2);
      for (let x = 0; x < width; x++) store<f64>(target + (x << 4), <f64>load<f32>(source + (x << 2)));
    }
    transform(line, lineIm);
    untangleRows(line, lineIm, re + ((y * stride) << 3), im + ((y * stride) << 3), stride << 3, height - y);
  }
}

function untangleRows(line: usize, lineIm: usize, re: usize, im: usize, row: i32, rows: i32): void {
  const two = f64x2.splat(0.5);
  for (let k = 0; k <= length >> 1; k++) {
    const mirrored = (k === 0 ? 0 : length - k) << 4;
    const a = v128.load(line + (k << 4));
    const b = v128.load(lineIm + (k << 4));
    const c = v128.load(line + mirrored);
    const d = v128.load(lineIm + mirrored);
    const at = k << 3;
    const firstRe = f64x2.mul(f64x2.add(a, c), two);
    const firstIm = f64x2.mul(f64x2.sub(b, d), two);
    v128.store64_lane(re + at, firstRe, 0);
    v128.store64_lane(im + at, firstIm, 0);
    if (rows > 2) {
      v128.store64_lane(re + at + 2 * row, firstRe, 1);
      v128.store64_lane(im + at + 2 * row, firstIm, 1);
    }
    const secondRe = f64x2.mul(f64x2.add(b, d), two);
    const secondIm = f64x2.mul(f64x2.sub(c, a), two);
    if (rows > 1) {
      v128.store64_lane(re + at + row, secondRe, 0);
      v128.store64_lane(im + at + row, secondIm, 0);
    }
    if (rows > 3) {
      v128.store64_lane(re + at + 3 * row, secondRe, 1);
      v128.store64_lane(im + at + 3 * row, secondIm, 1);
    }
  }
}

/**
 * Along the columns: the transform, its squared modulus, and of the inverse of that the first rows. Eight columns are
 * gathered at once, since neighbours share a line of the processor's cache.
 * @param stride values a row, a multiple of 8
 * @param rows how many of the n rows are wanted
 * @param lines room for 16·n float64
 */
export function multiplyColumns(re: usize, im: usize, stride: i32, rows: i32, lines: usize): void {
  const part = length << 4;
  for (let first = 0; first < stride; first += 8) {
    for (let y = 0; y < length; y++) {
      const at = (y * stride + first) << 3;
      for (let k = 0; k < 4; k++) {
        v128.store(lines + 2 * k * part + (y << 4), v128.load(re + at + (k << 4)));
        v128.store(lines + (2 * k + 1) * part + (y << 4), v128.load(im + at + (k << 4)));
      }
    }
    for (let k = 0; k < 4; k++) transform(lines + 2 * k * part, lines + (2 * k + 1) * part);
    for (let k = 0; k < 4; k += 2) {
      const line = lines + 2 * k * part;
      multiplyLines(line, part);
      // The inverse.
      transform(line + part, line);
      untangleColumns(line, line + part, re + ((first + 2 * k) << 3), im + ((first + 2 * k) << 3), stride << 3, rows);
    }
  }
}

/** Of four columns, in two lines, the squared moduli: of the first and third as real, of the others as imaginary parts. */
function multiplyLines(line: usize, part: usize): void {
  for (let at = line; at < line + part; at += 16) {
    const one = powerOf(at, part);
    const other = powerOf(at + 2 * part, part);
    v128.store(at, i64x2.shuffle(one, other, 0, 2));
    v128.store(at + part, i64x2.shuffle(one, other, 1, 3));
  }
}

function powerOf(at: usize, part: usize): v128 {
  const re = v128.load(at);
  const im = v128.load(at + part);
  return f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im));
}

function untangleColumns(line: usize, lineIm: usize, re: usize, im: usize, row: i32, rows: i32): void {
  const n = f64x2.splat(<f64>length);
  const two = f64x2.splat(0.5);
  for (let y = 0; y < rows; y++) {
    const mirrored = (y === 0 ? 0 : length - y) << 4;
    const a = f64x2.div(v128.load(line + (y << 4)), n);
    const b = f64x2.div(v128.load(lineIm + (y << 4)), n);
    const c = f64x2.div(v128.load(line + mirrored), n);
    const d = f64x2.div(v128.load(lineIm + mirrored), n);
    const evenRe = f64x2.mul(f64x2.add(a, c), two);
    const oddRe = f64x2.mul(f64x2.add(b, d), two);
    const evenIm = f64x2.mul(f64x2.sub(b, d), two);
    const oddIm = f64x2.mul(f64x2.sub(c, a), two);
    const at = y * row;
    v128.store(re + at, i64x2.shuffle(evenRe, oddRe, 0, 2));
    v128.store(re + at, i64x2.shuffle(evenRe, oddRe, 1, 3), 16);
    v128.store(im + at, i64x2.shuffle(evenIm, oddIm, 0, 2));
    v128.store(im + at, i64x2.shuffle(evenIm, oddIm, 1, 3), 16);
  }
}

/**
 * The real rows that spectra stand for.
 * @param line room for 4·n float64
 * @param result n float64 a row
 */
export function invertRows(re: usize, im: usize, stride: i32, rows: i32, line: usize, result: usize): void {
  const lineIm = line + (length << 4);
  const row = stride << 3;
  const n = f64x2.splat(<f64>length);
  for (let y = 0; y < rows; y += 4) {
    for (let k = 0; k <= length >> 1; k++) {
      const at = (y * stride + k) << 3;
      const a = rowPair(re + at, row, rows - y);
      const b = rowPair(im + at, row, rows - y);
      const c = rowPair(re + at + row, row, rows - y - 1);
      const d = rowPair(im + at + row, row, rows - y - 1);
      const mirrored = (k === 0 ? 0 : length - k) << 4;
      v128.store(line + mirrored, f64x2.add(a, d));
      v128.store(lineIm + mirrored, f64x2.sub(c, b));
      v128.store(line + (k << 4), f64x2.sub(a, d));
      v128.store(lineIm + (k << 4), f64x2.add(b, c));
    }
    transform(lineIm, line);
    for (let k = 0; k < min(4, rows - y); k++) {
      const source = (k & 1 ? lineIm : line) + ((k >> 1) << 3);
      const target = result + (((y + k) * length) << 3);
      for (let x = 0; x < length; x += 2) {
        const both = v128.load64_zero(source + (x << 4));
        v128.store(target + (x << 3), f64x2.div(v128.load64_lane(source + (x << 4) + 16, both, 1), n));
      }
    }
  }
}

/** A value and the one two rows below it; 0 for those beyond the rows. */
function rowPair(at: usize, row: i32, rows: i32): v128 {
  if (rows <= 0) return f64x2.splat(0);
  return rows > 2 ? v128.load64_lane(at + 2 * row, v128.load64_zero(at), 1) : v128.load64_zero(at);
}
