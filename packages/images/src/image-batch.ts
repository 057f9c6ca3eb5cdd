/** The least and greatest value that a pixel can take: `[0, 255]`, `[0, 65535]`, `[0, 1]` or `[-1, 1]`. */
export type ValueRange = readonly [min: number, max: number];

/** `count` images of one size, NHWC: channel c of pixel (y, x) of image i is `data[((i * height + y) * width + x) * channels + c]`. */
export interface ImageBatch {
  readonly data: Uint8Array | Uint16Array | Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly range: ValueRange;
}
