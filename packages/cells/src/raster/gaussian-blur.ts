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
  for (let y = 0; y < height; y++) {
    const start = y * width;
    line.set(data.subarray(start, start + width), radius);
    for (let k = 1; k <= radius; k++) {
      line[radius - k] = data[start + mirror(-k, width)]!;
      line[radius + width - 1 + k] = data[start + mirror(width - 1 + k, width)]!;
    }
    for (let x = 0; x < width; x++) {
      let sum = kernel[0]! * line[x + radius]!;
      for (let k = 1; k <= radius; k++) sum += kernel[k]! * (line[x + radius - k]! + line[x + radius + k]!);
      rows[start + x] = sum;
    }
  }
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const target = y * width;
    for (let x = 0; x < width; x++) sums[x] = kernel[0]! * rows[target + x]!;
    for (let k = 1; k <= radius; k++) {
      const above = mirror(y - k, height) * width;
      const below = mirror(y + k, height) * width;
      const weight = kernel[k]!;
      for (let x = 0; x < width; x++) sums[x]! += weight * (rows[above + x]! + rows[below + x]!);
    }
    data.set(sums, target);
  }
  return { data, width, height };
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
