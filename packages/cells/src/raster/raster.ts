/** One channel of numbers, row by row: pixel (x, y) is `data[y * width + x]`. */
export interface Raster<T extends ArrayLike<number> = Float32Array> {
  readonly data: T;
  readonly width: number;
  readonly height: number;
}

/** 1 where something is, 0 elsewhere. */
export type Mask = Raster<Uint8Array>;

/** 0 for none, 1 … count for the regions. */
export interface LabelMap extends Raster<Int32Array> {
  readonly count: number;
}

/**
 * Checks that data and size agree.
 * @throws RangeError that says what does not
 */
export function requireRaster(name: string, { data, width, height }: Raster<ArrayLike<number>>): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`${name}: the size is ${width}×${height}, expected whole numbers of pixels from 1`);
  }
  if (data.length !== width * height) {
    throw new RangeError(`${name}: ${data.length} values were given for ${width}×${height} = ${width * height} pixels`);
  }
}

/**
 * Checks that two rasters lie over each other.
 * @throws RangeError that gives both sizes
 */
export function requireSameSize(name: string, a: Raster<ArrayLike<number>>, b: Raster<ArrayLike<number>>): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new RangeError(`${name}: sizes differ, ${a.width}×${a.height} and ${b.width}×${b.height}; expected one size`);
}

/** A mask of the values for which `test` holds. */
export function maskWhere(raster: Raster<ArrayLike<number>>, test: (value: number) => boolean): Mask {
  const { data, width, height } = raster;
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < mask.length; i++) mask[i] = Number(test(data[i]!));
  return { data: mask, width, height };
}

/** A mask of the values above a level. */
export function maskAbove({ data, width, height }: Raster, level: number): Mask {
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < mask.length; i++) mask[i] = Number(data[i]! > level);
  return { data: mask, width, height };
}
