import { labelComponents } from './label-components.js';
import type { LabelMap, Raster } from './raster.js';
import { reconstruct } from './reconstruct.js';

/**
 * The maxima that rise at least `h` above the way to any higher one: regional maxima of the reconstruction of
 * image − h under the image (Soille 2003, section 6.3.4).
 * @param image whole numbers; those up to `floor` are never maxima
 * @param h more than 0
 * @returns one label a maximum
 * @throws RangeError when h is not positive
 */
export function hMaxima(image: Raster<Int32Array>, h: number, floor = 0): LabelMap {
  if (!(h > 0)) throw new RangeError(`hMaxima: h is ${h}, expected more than 0`);
  const { data, width, height } = image;
  const step = Math.max(1, Math.round(h));
  const lowered = reconstruct({ data: data.map((value) => value - step), width, height }, image);
  return regionalMaxima({
    data: lowered.data.map((value, i) => (data[i]! > floor ? value : floor - step)),
    width,
    height,
  });
}

/** Plateaus (8-connected) without a higher neighbour; an image of one value has none. */
export function regionalMaxima({ data, width, height }: Raster<Int32Array>): LabelMap {
  const isMaximum = new Uint8Array(data.length).fill(1);
  const stack: number[] = [];
  const clear = (i: number): void => {
    isMaximum[i] = 0;
    stack.push(i);
  };
  for (let i = 0; i < data.length; i++) {
    if (!isMaximum[i] || !hasHigherNeighbour(data, width, height, i)) continue;
    clear(i);
    while (stack.length > 0) {
      const j = stack.pop()!;
      const x = j % width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const n = j + dy * width + dx;
          if (x + dx < 0 || x + dx >= width || n < 0 || n >= data.length) continue;
          if (isMaximum[n] && data[n] === data[j]) clear(n);
        }
      }
    }
  }
  if (isMaximum.every((value) => value === 1)) isMaximum.fill(0);
  return labelComponents({ data: isMaximum, width, height });
}

function hasHigherNeighbour(data: Int32Array, width: number, height: number, i: number): boolean {
  const x = i % width;
  const value = data[i]!;
  const last = width - 1;
  const up = i >= width;
  const down = i < width * (height - 1);
  return (
    (x > 0 && data[i - 1]! > value) ||
    (x < last && data[i + 1]! > value) ||
    (up && data[i - width]! > value) ||
    (down && data[i + width]! > value) ||
    (up && x > 0 && data[i - width - 1]! > value) ||
    (up && x < last && data[i - width + 1]! > value) ||
    (down && x > 0 && data[i + width - 1]! > value) ||
    (down && x < last && data[i + width + 1]! > value)
  );
}
