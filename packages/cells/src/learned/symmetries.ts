import type { Raster } from '../raster/raster.js';

/** One of the eight symmetries of the square: 1 mirrors left and right, 2 top and bottom, 4 rows and columns. */
export type Symmetry = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** An image under a symmetry: rows and columns are exchanged first, then mirrored. */
export function turned(image: Raster, symmetry: Symmetry): Raster {
  return mirrored(symmetry & 4 ? transposed(image) : image, symmetry);
}

/** Undoes {@link turned}. */
export function turnBack(image: Raster, symmetry: Symmetry): Raster {
  const unmirrored = mirrored(image, symmetry);
  return symmetry & 4 ? transposed(unmirrored) : unmirrored;
}

function transposed({ data, width, height }: Raster): Raster {
  const result = new Float32Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) result[x * height + y] = data[y * width + x]!;
  return { data: result, width: height, height: width };
}

function mirrored(image: Raster, symmetry: Symmetry): Raster {
  if ((symmetry & 3) === 0) return image;
  const { data, width, height } = image;
  const result = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const from = (symmetry & 2 ? height - 1 - y : y) * width;
    for (let x = 0; x < width; x++) result[y * width + x] = data[from + (symmetry & 1 ? width - 1 - x : x)]!;
  }
  return { data: result, width, height };
}
