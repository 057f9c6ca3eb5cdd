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
  planTransform(values.re.length)(values, inverse);
}

/** `fourierTransform` of one length, with its tables made once. */
export function planTransform(n: number): (values: ComplexArray, inverse?: boolean) => void {
  if (n < 2) return () => undefined;
  const transform = (n & (n - 1)) === 0 ? planRadix2(n) : planBluestein(n);
  return ({ re, im }, inverse = false) => {
    // With both parts exchanged the forward transform is the inverse one.
    if (!inverse) {
      transform(re, im);
      return;
    }
    transform(im, re);
    for (let i = 0; i < n; i++) {
      re[i]! /= n;
      im[i]! /= n;
    }
  };
}

type Transform = (re: Float64Array, im: Float64Array) => void;

/** What the transform of a power of two needs. */
export interface TransformTables {
  /** The factors of each stage one after the other, those of angle 2πk/size from size/2 − 1 on. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** Pairs of places that are exchanged first. */
  readonly swaps: Int32Array;
}

/** The tables of a transform of n values, a power of two. */
export function radix2Tables(n: number): TransformTables {
  const [cos, sin] = [new Float64Array(n), new Float64Array(n)];
  for (let half = 1; half < n; half *= 2) {
    for (let k = 0; k < half; k++) {
      cos[half - 1 + k] = Math.cos((Math.PI * k) / half);
      sin[half - 1 + k] = -Math.sin((Math.PI * k) / half);
    }
  }
  return { cos, sin, swaps: bitReversalSwaps(n) };
}

function planRadix2(n: number): Transform {
  const { cos, sin, swaps } = radix2Tables(n);
  const isOdd = Math.log2(n) % 2 === 1;
  return (re, im) => {
    for (let k = 0; k < swaps.length; k += 2) {
      swap(re, swaps[k]!, swaps[k + 1]!);
      swap(im, swaps[k]!, swaps[k + 1]!);
    }
    if (isOdd) pairUp(re, im);
    for (let half = isOdd ? 2 : 1; half < n; half *= 4) twoStages(re, im, half, cos, sin);
  };
}

/** The first stage, whose factors are all 1. */
function pairUp(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < re.length; a += 2) {
    const u = re[a]!;
    const v = im[a]!;
    const x = re[a + 1]!;
    const y = im[a + 1]!;
    re[a] = u + x;
    im[a] = v + y;
    re[a + 1] = u - x;
    im[a + 1] = v - y;
  }
}

/** Two stages in one pass, which halves the trips to memory: parts of length `half` become parts four times as long. */
function twoStages(re: Float64Array, im: Float64Array, half: number, cos: Float64Array, sin: Float64Array): void {
  for (let k = 0; k < half; k++) {
    const c = cos[half - 1 + k]!;
    const s = sin[half - 1 + k]!;
    const c2 = cos[2 * half - 1 + k]!;
    const s2 = sin[2 * half - 1 + k]!;
    for (let i = k; i < re.length; i += 4 * half) {
      const i1 = i + half;
      const i2 = i1 + half;
      const i3 = i2 + half;
      const x1 = re[i1]! * c - im[i1]! * s;
      const y1 = re[i1]! * s + im[i1]! * c;
      const x3 = re[i3]! * c - im[i3]! * s;
      const y3 = re[i3]! * s + im[i3]! * c;
      const a0 = re[i]! + x1;
      const b0 = im[i]! + y1;
      const a1 = re[i]! - x1;
      const b1 = im[i]! - y1;
      const p2 = re[i2]! + x3;
      const q2 = im[i2]! + y3;
      const p3 = re[i2]! - x3;
      const q3 = im[i2]! - y3;
      const x2 = p2 * c2 - q2 * s2;
      const y2 = p2 * s2 + q2 * c2;
      // A quarter turn further on than the factor before.
      const x4 = p3 * s2 + q3 * c2;
      const y4 = q3 * s2 - p3 * c2;
      re[i] = a0 + x2;
      im[i] = b0 + y2;
      re[i2] = a0 - x2;
      im[i2] = b0 - y2;
      re[i1] = a1 + x4;
      im[i1] = b1 + y4;
      re[i3] = a1 - x4;
      im[i3] = b1 - y4;
    }
  }
}

/** Pairs of indices whose bits are each other's in reverse. */
function bitReversalSwaps(n: number): Int32Array {
  const swaps: number[] = [];
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) swaps.push(i, j);
  }
  return Int32Array.from(swaps);
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!;
  values[i] = values[j]!;
  values[j] = value;
}

/** A transform of any length as a convolution with a chirp (Bluestein 1970). */
function planBluestein(n: number): Transform {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const radix2 = planRadix2(size);
  // k² modulo 2n keeps the angle exact for large k.
  const cos = Float64Array.from({ length: n }, (_, k) => Math.cos((Math.PI * ((k * k) % (2 * n))) / n));
  const sin = Float64Array.from({ length: n }, (_, k) => Math.sin((Math.PI * ((k * k) % (2 * n))) / n));
  const chirp = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let k = 0; k < n; k++) {
    chirp.re[k] = chirp.re[(size - k) % size] = cos[k]!;
    chirp.im[k] = chirp.im[(size - k) % size] = sin[k]!;
  }
  radix2(chirp.re, chirp.im);
  const a = { re: new Float64Array(size), im: new Float64Array(size) };
  return (re, im) => {
    a.re.fill(0, n);
    a.im.fill(0, n);
    for (let k = 0; k < n; k++) {
      a.re[k] = re[k]! * cos[k]! + im[k]! * sin[k]!;
      a.im[k] = im[k]! * cos[k]! - re[k]! * sin[k]!;
    }
    radix2(a.re, a.im);
    for (let k = 0; k < size; k++) {
      const x = a.re[k]! * chirp.re[k]! - a.im[k]! * chirp.im[k]!;
      // Conjugated, so that a forward transform gives the inverse.
      a.im[k] = -(a.re[k]! * chirp.im[k]! + a.im[k]! * chirp.re[k]!);
      a.re[k] = x;
    }
    radix2(a.re, a.im);
    for (let k = 0; k < n; k++) {
      const x = a.re[k]! / size;
      const y = -a.im[k]! / size;
      re[k] = x * cos[k]! + y * sin[k]!;
      im[k] = y * cos[k]! - x * sin[k]!;
    }
  };
}
