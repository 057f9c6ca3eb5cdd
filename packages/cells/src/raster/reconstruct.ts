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
  for (let y = 1; y <= height; y++) raiseRow(result, limit, y * stride + 1, 1, width, stride);
  const queue = new PixelQueue();
  for (let y = height; y >= 1; y--) {
    raiseRow(result, limit, y * stride + width, -1, width, stride);
    queueRow(queue, result, limit, y * stride + 1, width, stride);
  }
  spread(queue, result, limit, stride);
  const data = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (y + 1) * stride + 1;
    data.set(result.subarray(start, start + width), y * width);
  }
  return { data, width, height };
}

function framed({ data, width, height }: Raster<Int32Array>, stride: number): Int32Array {
  const result = new Int32Array(stride * (height + 2)).fill(-(2 ** 31));
  for (let y = 0; y < height; y++) result.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return result;
}

/** Raises pixels to the highest of the four neighbours that come before them, in reading order or against it. */
function raiseRow(
  result: Int32Array,
  limit: Int32Array,
  start: number,
  step: number,
  width: number,
  stride: number,
): void {
  const before = -step * stride;
  let last = result[start - step]!;
  for (let k = 0, i = start; k < width; k++, i += step) {
    let value = result[i]!;
    if (last > value) value = last;
    const a = result[i + before - 1]!;
    if (a > value) value = a;
    const b = result[i + before]!;
    if (b > value) value = b;
    const c = result[i + before + 1]!;
    if (c > value) value = c;
    last = value < limit[i]! ? value : limit[i]!;
    result[i] = last;
  }
}

/** Queues the pixels of a row that would raise one of the four neighbours behind them. */
function queueRow(
  queue: PixelQueue,
  result: Int32Array,
  limit: Int32Array,
  start: number,
  width: number,
  stride: number,
): void {
  for (let i = start + width - 1; i >= start; i--) {
    const value = result[i]!;
    const below = i + stride;
    if (
      (result[i + 1]! < value && result[i + 1]! < limit[i + 1]!) ||
      (result[below - 1]! < value && result[below - 1]! < limit[below - 1]!) ||
      (result[below]! < value && result[below]! < limit[below]!) ||
      (result[below + 1]! < value && result[below + 1]! < limit[below + 1]!)
    ) {
      queue.push(i);
    }
  }
}

function spread(queue: PixelQueue, result: Int32Array, limit: Int32Array, stride: number): void {
  const around = Int32Array.of(-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1);
  for (let i = queue.take(); i >= 0; i = queue.take()) {
    const value = result[i]!;
    for (let k = 0; k < 8; k++) {
      const n = i + around[k]!;
      if (result[n]! >= value || limit[n]! <= result[n]!) continue;
      result[n] = value < limit[n]! ? value : limit[n]!;
      queue.push(n);
    }
  }
}

/** First in, first out; pixels may wait in it more than once. */
class PixelQueue {
  #pixels = new Int32Array(1024);
  #head = 0;
  #end = 0;

  push(pixel: number): void {
    if (this.#end === this.#pixels.length) {
      const longer = new Int32Array(2 * this.#pixels.length);
      longer.set(this.#pixels);
      this.#pixels = longer;
    }
    this.#pixels[this.#end++] = pixel;
  }

  /** −1 when it is empty. */
  take(): number {
    return this.#head < this.#end ? this.#pixels[this.#head++]! : -1;
  }
}
