import type { backend_util } from '@tensorflow/tfjs-core';

/** A run of output lines: line `image·outHeight + row` is one row of one image's output. */
export interface OutputLines {
  readonly first: number;
  readonly count: number;
}

/**
 * Writes the input values that each filter tap meets along some output lines: the transposed im2col matrix with
 * (filterHeight · filterWidth · inChannels) × (lines · outWidth) values, zero where a tap lies on the padding.
 * @param planes inChannels × (images · inHeight · inWidth), the input with its channels first
 * @param target receives the matrix, row by row
 */
export function shiftedPlanes(
  planes: Float32Array,
  target: Float32Array,
  geometry: backend_util.Conv2DInfo,
  lines: OutputLines,
): void {
  const { filterHeight, filterWidth, inChannels, inHeight, inWidth, outHeight, outWidth } = geometry;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = geometry;
  const planeSize = geometry.batchSize * inHeight * inWidth;
  let position = 0;
  for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
    const rowShift = tapRow * dilationHeight - geometry.padInfo.top;
    for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
      const columnShift = tapColumn * dilationWidth - geometry.padInfo.left;
      const begin = Math.min(outWidth, Math.max(0, Math.ceil(-columnShift / strideWidth)));
      const end = Math.max(begin, Math.min(outWidth, Math.ceil((inWidth - columnShift) / strideWidth)));
      for (let channel = 0; channel < inChannels; channel++) {
        for (let line = lines.first; line < lines.first + lines.count; line++, position += outWidth) {
          const image = Math.floor(line / outHeight);
          const inRow = (line - image * outHeight) * strideHeight + rowShift;
          if (inRow < 0 || inRow >= inHeight) {
            target.fill(0, position, position + outWidth);
            continue;
          }
          let source = channel * planeSize + (image * inHeight + inRow) * inWidth + begin * strideWidth + columnShift;
          for (let column = 0; column < begin; column++) target[position + column] = 0;
          for (let column = begin; column < end; column++, source += strideWidth) {
            target[position + column] = planes[source]!;
          }
          for (let column = end; column < outWidth; column++) target[position + column] = 0;
        }
      }
    }
  }
}
