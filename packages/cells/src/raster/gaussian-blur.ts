import type { Raster } from './raster.js';

/**
 * Convolution with a Gaussian, cut off at 3 σ; the border is mirrored (d c b a | a b c d).
 * @param sigma standard deviation in pixels; 0 returns a copy
 * @throws RangeError when sigma is negative or not finite
 */
export function gaussianBlur({ data: values, width, height }: Raster<ArrayLike<number>>, sigma: number): Raster {
  if (!(sigma >= 0 && sigma < Infinity)) throw new RangeError(`gaussianBlur: sigma is ${sigma}, expected 0 or more`);
  // One kind of array keeps the loops fast.
  const data = new Float32Array(values);
  if (sigma === 0) return { data, width, height };
  const kernel = gaussianKernel(sigma);
  const radius = kernel.length - 1;
  const rows = new Float32Array(width * height);
  const line = new Float32Array(width + 2 * radius);
  const sums = new Float64Array(width);
  const steps = Int32Array.from({ length: 2 * radius + 1 }, (_, k) => k);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    line.set(data.subarray(start, start + width), radius);
    for (let k = 1; k <= radius; k++) {
      line[radius - k] = data[start + mirror(-k, width)]!;
      line[radius + width - 1 + k] = data[start + mirror(width - 1 + k, width)]!;
    }
    weighSum(sums, line, steps, kernel);
    rows.set(sums, start);
  }
  for (let y = 0; y < height; y++) {
    for (let k = -radius; k <= radius; k++) steps[k + radius] = mirror(y + k, height) * width;
    weighSum(sums, rows, steps, kernel);
    data.set(sums, y * width);
  }
  return { data, width, height };
}

/**
 * Into `sums`, at each x: the values at x + starts[radius], weighed by the kernel's middle, and those at equal distances
 * before and behind it, weighed alike. Two distances a pass: fewer trips to memory.
 */
function weighSum(sums: Float64Array, values: Float32Array, starts: Int32Array, kernel: Float64Array): void {
  const radius = kernel.length - 1;
  const middle = starts[radius]!;
  for (let x = 0; x < sums.length; x++) sums[x] = kernel[0]! * values[middle + x]!;
  let k = 1;
  for (; k + 1 <= radius; k += 2) {
    const [near, far] = [kernel[k]!, kernel[k + 1]!];
    const [before, behind] = [starts[radius - k]!, starts[radius + k]!];
    const [first, last] = [starts[radius - k - 1]!, starts[radius + k + 1]!];
    for (let x = 0; x < sums.length; x++) {
      sums[x]! += near * (values[before + x]! + values[behind + x]!) + far * (values[first + x]! + values[last + x]!);
    }
  }
  if (k > radius) return;
  const weight = kernel[k]!;
  const [first, last] = [starts[radius - k]!, starts[radius + k]!];
  for (let x = 0; x < sums.length; x++) sums[x]! += weight * (values[first + x]! + values[last + x]!);
}

/** Half of a kernel that sums to 1, from its centre outwards. */
function gaussianKernel(sigma: number): Float64Array {
  const kernel = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma) ** 2));
  const sum = kernel.reduce((total, value, k) => total + (k === 0 ? value : 2 * value), 0);
  return kernel.map((value) => value / sum);
}

function mirror(i: number, length: number): number {
  const k = ((i % (2 * length)) + 2 * length) % (2 * length);
  return k < length ? k : 2 * length - 1 - k;
}
