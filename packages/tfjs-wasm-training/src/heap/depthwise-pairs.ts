import type { backend_util } from '@tensorflow/tfjs-core';

/** A run of output positions in one line that one filter tap connects with input positions inside the image. */
export interface PairRun {
  /** Offset of the first input position's channels; the next lies `strideWidth · inChannels` further. */
  readonly input: number;
  /** Offset of the first output position's channels; the next lies `outChannels` further. */
  readonly output: number;
  /** Index of the tap: row · filterWidth + column. */
  readonly tap: number;
  readonly count: number;
}

/** Every pair of input and output positions that a convolution's taps connect, in runs along the output lines. */
export function* depthwisePairs(geometry: backend_util.Conv2DInfo): Generator<PairRun> {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = geometry;
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const inRow = outRow * strideHeight + tapRow * dilationHeight - padInfo.top;
        if (inRow < 0 || inRow >= inHeight) continue;
        for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
          const shift = tapColumn * dilationWidth - padInfo.left;
          const begin = Math.max(0, Math.ceil(-shift / strideWidth));
          const count = Math.min(outWidth, Math.ceil((inWidth - shift) / strideWidth)) - begin;
          if (count <= 0) continue;
          yield {
            input: ((image * inHeight + inRow) * inWidth + begin * strideWidth + shift) * inChannels,
            output: ((image * outHeight + outRow) * outWidth + begin) * outChannels,
            tap: tapRow * filterWidth + tapColumn,
            count,
          };
        }
      }
    }
  }
}
