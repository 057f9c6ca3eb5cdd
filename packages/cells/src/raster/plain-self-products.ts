import { planTransform, type ComplexArray } from './fourier-transform.js';
import type { Raster } from './raster.js';
import type { ProductSize } from './self-products.js';

/** What `selfProducts` does without WebAssembly. */
export function plainSelfProducts(
  image: Raster<ArrayLike<number>>,
  { width, height, rows }: ProductSize,
): Float64Array {
  const half = (width >> 1) + 1;
  const spectrum = { re: new Float64Array(half * height), im: new Float64Array(half * height) };
  transformRows(image, spectrum, width, half);
  multiplyColumns(spectrum, half, height, rows);
  return invertRows(spectrum, width, half, rows);
}

function transformRows(image: Raster<ArrayLike<number>>, { re, im }: ComplexArray, width: number, half: number): void {
  const transform = planTransform(width);
  const line = complexLine(width);
  const { data } = image;
  for (let y = 0; y < image.height; y += 2) {
    const start = y * image.width;
    const hasSecond = y + 1 < image.height;
    line.re.fill(0);
    line.im.fill(0);
    for (let x = 0; x < image.width; x++) {
      line.re[x] = data[start + x]!;
      if (hasSecond) line.im[x] = data[start + image.width + x]!;
    }
    transform(line);
    for (let k = 0, i = y * half; k < half; k++, i++) {
      const mirrored = k === 0 ? 0 : width - k;
      re[i] = (line.re[k]! + line.re[mirrored]!) / 2;
      im[i] = (line.im[k]! - line.im[mirrored]!) / 2;
      if (!hasSecond) continue;
      re[i + half] = (line.im[k]! + line.im[mirrored]!) / 2;
      im[i + half] = (line.re[mirrored]! - line.re[k]!) / 2;
    }
  }
}

// Columns that are gathered at once: neighbours share a line of the processor's cache.
const BLOCK = 8;

/** Along the columns: the transform, its squared modulus, and the inverse of that. */
function multiplyColumns({ re, im }: ComplexArray, half: number, height: number, rows: number): void {
  const transform = planTransform(height);
  const lines = Array.from({ length: BLOCK }, () => complexLine(height));
  for (let first = 0; first < half; first += BLOCK) {
    const columns = Math.min(BLOCK, half - first);
    for (let y = 0; y < height; y++) {
      for (let c = 0, i = y * half + first; c < columns; c++, i++) {
        lines[c]!.re[y] = re[i]!;
        lines[c]!.im[y] = im[i]!;
      }
    }
    for (let c = 0; c < columns; c++) {
      const line = lines[c]!;
      transform(line);
      // Two columns' powers are kept in one line: those of the second as the imaginary part.
      const target = c % 2 === 0 ? line.re : lines[c - 1]!.im;
      for (let y = 0; y < height; y++) target[y] = line.re[y]! * line.re[y]! + line.im[y]! * line.im[y]!;
      if (c % 2 === 0) line.im.fill(0);
    }
    for (let c = 0; c < columns; c += 2) {
      const line = lines[c]!;
      transform(line, true);
      for (let y = 0, i = first + c; y < rows; y++, i += half) {
        const mirrored = y === 0 ? 0 : height - y;
        re[i] = (line.re[y]! + line.re[mirrored]!) / 2;
        im[i] = (line.im[y]! - line.im[mirrored]!) / 2;
        if (c + 1 === columns) continue;
        re[i + 1] = (line.im[y]! + line.im[mirrored]!) / 2;
        im[i + 1] = (line.re[mirrored]! - line.re[y]!) / 2;
      }
    }
  }
}

function invertRows({ re, im }: ComplexArray, width: number, half: number, rows: number): Float64Array {
  const transform = planTransform(width);
  const line = complexLine(width);
  const result = new Float64Array(width * rows);
  for (let y = 0; y < rows; y += 2) {
    const hasSecond = y + 1 < rows;
    for (let k = 0, i = y * half; k < half; k++, i++) {
      const [a, b] = [re[i]!, im[i]!];
      const [c, d] = hasSecond ? [re[i + half]!, im[i + half]!] : [0, 0];
      const mirrored = k === 0 ? 0 : width - k;
      line.re[mirrored] = a + d;
      line.im[mirrored] = c - b;
      line.re[k] = a - d;
      line.im[k] = b + c;
    }
    transform(line, true);
    result.set(line.re, y * width);
    if (hasSecond) result.set(line.im, (y + 1) * width);
  }
  return result;
}

function complexLine(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}
