/** Complex numbers as two arrays of equal length. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform in place: radix-2 (Cooley and Tukey 1965) for powers of two, Bluestein's chirp otherwise.
 * @param inverse the inverse transform, divided by the length
 */
export function fourierTransform(values: ComplexArray, inverse = false): void {
  transform(values, inverse, twiddlesFor(values.re.length));
}

/** cos and −sin of the angles of a transform, for a power of two at least as long as it needs. */
interface Twiddles {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

function twiddlesFor(n: number): Twiddles {
  const size = (n & (n - 1)) === 0 ? n : 2 ** Math.ceil(Math.log2(2 * n - 1));
  const [cos, sin] = [new Float64Array(size / 2), new Float64Array(size / 2)];
  for (let k = 0; k < size / 2; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / size);
    sin[k] = -Math.sin((2 * Math.PI * k) / size);
  }
  return { cos, sin };
}

function transform({ re, im }: ComplexArray, inverse: boolean, twiddles: Twiddles): void {
  const n = re.length;
  if (n < 2) return;
  if (inverse) im.forEach((value, i) => (im[i] = -value));
  if ((n & (n - 1)) === 0) radix2(re, im, twiddles);
  else bluestein(re, im, twiddles);
  if (!inverse) return;
  for (let i = 0; i < n; i++) {
    re[i]! /= n;
    im[i]! /= -n;
  }
}

/** The transform of a raster of complex numbers in place: along the rows, then along the columns. */
export function fourierTransform2d({ re, im }: ComplexArray, width: number, height: number, inverse = false): void {
  const [along, across] = [twiddlesFor(width), twiddlesFor(height)];
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width];
    transform({ re: re.subarray(from, to), im: im.subarray(from, to) }, inverse, along);
  }
  const column = { re: new Float64Array(height), im: new Float64Array(height) };
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      column.re[y] = re[y * width + x]!;
      column.im[y] = im[y * width + x]!;
    }
    transform(column, inverse, across);
    for (let y = 0; y < height; y++) {
      re[y * width + x] = column.re[y]!;
      im[y * width + x] = column.im[y]!;
    }
  }
}

function radix2(re: Float64Array, im: Float64Array, { cos, sin }: Twiddles): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const stride = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const c = cos[k * stride]!;
        const s = sin[k * stride]!;
        const x = re[b]! * c - im[b]! * s;
        const y = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!;
  values[i] = values[j]!;
  values[j] = value;
}

function bluestein(re: Float64Array, im: Float64Array, twiddles: Twiddles): void {
  const n = re.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  // k² modulo 2n keeps the angle exact for large k.
  const cos = Float64Array.from({ length: n }, (_, k) => Math.cos((Math.PI * ((k * k) % (2 * n))) / n));
  const sin = Float64Array.from({ length: n }, (_, k) => Math.sin((Math.PI * ((k * k) % (2 * n))) / n));
  const a = { re: new Float64Array(size), im: new Float64Array(size) };
  const b = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let k = 0; k < n; k++) {
    a.re[k] = re[k]! * cos[k]! + im[k]! * sin[k]!;
    a.im[k] = im[k]! * cos[k]! - re[k]! * sin[k]!;
    b.re[k] = cos[k]!;
    b.im[k] = sin[k]!;
    if (k > 0) {
      b.re[size - k] = cos[k]!;
      b.im[size - k] = sin[k]!;
    }
  }
  radix2(a.re, a.im, twiddles);
  radix2(b.re, b.im, twiddles);
  for (let k = 0; k < size; k++) {
    const x = a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    // Conjugated, so that a forward transform gives the inverse.
    a.im[k] = -(a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!);
    a.re[k] = x;
  }
  radix2(a.re, a.im, twiddles);
  for (let k = 0; k < n; k++) {
    const [x, y] = [a.re[k]! / size, -a.im[k]! / size];
    re[k] = x * cos[k]! + y * sin[k]!;
    im[k] = y * cos[k]! - x * sin[k]!;
  }
}
