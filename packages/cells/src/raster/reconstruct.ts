import { requireSameSize, type Raster } from './raster.js';

/**
 * Grey-scale reconstruction by dilation, 8-connected (Vincent 1993, the hybrid algorithm): the marker grows, never above
 * the mask. One pass each way, then a queue for what is left.
 * @param marker nowhere above the mask
 * @throws RangeError when the sizes differ
 */
export function reconstruct(marker: Raster<Int32Array>, mask: Raster<Int32Array>): Raster<Int32Array> {
  requireSameSize('reconstruct', marker, mask);
  const { width, height } = mask;
  // A frame around the image saves every test of the border.
  const stride = width + 2;
  const limit = framed(mask, stride);
  const result = framed(marker, stride);
  const before = [-stride - 1, -stride, -stride + 1, -1];
  const after = [stride + 1, stride, stride - 1, 1];
  const all = [...before, ...after];
  const queue: number[] = [];
  for (let y = 1; y <= height; y++) {
    for (let i = y * stride + 1; i <= y * stride + width; i++) raise(result, limit, i, before);
  }
  for (let y = height; y >= 1; y--) {
    for (let i = y * stride + width; i >= y * stride + 1; i--) {
      raise(result, limit, i, after);
      if (canSpread(result, limit, i, after)) queue.push(i);
    }
  }
  for (let head = 0; head < queue.length; head++) {
    const i = queue[head]!;
    const value = result[i]!;
    for (const step of all) {
      const n = i + step;
      if (result[n]! < value && limit[n]! > result[n]!) {
        result[n] = Math.min(value, limit[n]!);
        queue.push(n);
      }
    }
  }
  const data = new Int32Array(width * height);
  for (let y = 0; y < height; y++)
    data.set(result.subarray((y + 1) * stride + 1, (y + 1) * stride + 1 + width), y * width);
  return { data, width, height };
}

function canSpread(result: Int32Array, limit: Int32Array, i: number, steps: readonly number[]): boolean {
  const value = result[i]!;
  for (let k = 0; k < 4; k++) {
    const n = i + steps[k]!;
    if (result[n]! < value && result[n]! < limit[n]!) return true;
  }
  return false;
}

function framed({ data, width, height }: Raster<Int32Array>, stride: number): Int32Array {
  const result = new Int32Array(stride * (height + 2)).fill(-(2 ** 31));
  for (let y = 0; y < height; y++) result.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return result;
}

function raise(result: Int32Array, limit: Int32Array, i: number, steps: readonly number[]): void {
  let value = result[i]!;
  for (let k = 0; k < 4; k++) {
    const other = result[i + steps[k]!]!;
    if (other > value) value = other;
  }
  result[i] = value < limit[i]! ? value : limit[i]!;
}
