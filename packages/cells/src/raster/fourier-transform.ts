/** Complex numbers as two arrays of equal length. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform in place: radix-2 (Cooley and Tukey 1965) for powers of two, Bluestein's chirp otherwise.
 * @param inverse the inverse transform, divided by the length
 */
export function fourierTransform({ re, im }: ComplexArray, inverse = false): void {
  const n = re.length;
  if (n < 2) return;
  if (inverse) im.forEach((value, i) => (im[i] = -value));
  if ((n & (n - 1)) === 0) radix2(re, im);
  else bluestein(re, im);
  if (!inverse) return;
  for (let i = 0; i < n; i++) {
    re[i]! /= n;
    im[i]! /= -n;
  }
}

/** The transform of a raster of complex numbers in place: along the rows, then along the columns. */
export function fourierTransform2d({ re, im }: ComplexArray, width: number, height: number, inverse = false): void {
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width];
    fourierTransform({ re: re.subarray(from, to), im: im.subarray(from, to) }, inverse);
  }
  const column = { re: new Float64Array(height), im: new Float64Array(height) };
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      column.re[y] = re[y * width + x]!;
      column.im[y] = im[y * width + x]!;
    }
    fourierTransform(column, inverse);
    for (let y = 0; y < height; y++) {
      re[y * width + x] = column.re[y]!;
      im[y * width + x] = column.im[y]!;
    }
  }
}

function radix2(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  const cos = Float64Array.from({ length: n / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sin = Float64Array.from({ length: n / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / n));
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const stride = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const [c, s] = [cos[k * stride]!, sin[k * stride]!];
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

function bluestein(re: Float64Array, im: Float64Array): void {
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
  radix2(a.re, a.im);
  radix2(b.re, b.im);
  for (let k = 0; k < size; k++) {
    const x = a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    // Conjugated, so that a forward transform gives the inverse.
    a.im[k] = -(a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!);
    a.re[k] = x;
  }
  radix2(a.re, a.im);
  for (let k = 0; k < n; k++) {
    const [x, y] = [a.re[k]! / size, -a.im[k]! / size];
    re[k] = x * cos[k]! + y * sin[k]!;
    im[k] = y * cos[k]! - x * sin[k]!;
  }
}
