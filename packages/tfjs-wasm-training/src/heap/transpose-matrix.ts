/** Rows and columns moved together: 16 floats are one cache line, so that a block's lines stay in the first-level cache. */
const BLOCK = 16;

/**
 * Writes the transpose of a row-major `rows`×`cols` matrix.
 *
 * Blocked, since the plain double loop of tfjs-backend-wasm's Transpose touches a new cache line with every element.
 * @param source at least `sourceOffset + rows·cols` long
 * @param target receives `cols`×`rows` values from `targetOffset` on; must not overlap the source
 */
export function transposeMatrix(
  source: ArrayLike<number>,
  target: Float32Array,
  options: {
    readonly rows: number;
    readonly cols: number;
    readonly sourceOffset?: number;
    readonly targetOffset?: number;
  },
): void {
  const { rows, cols, sourceOffset = 0, targetOffset = 0 } = options;
  for (let firstRow = 0; firstRow < rows; firstRow += BLOCK) {
    const lastRow = Math.min(firstRow + BLOCK, rows);
    for (let firstCol = 0; firstCol < cols; firstCol += BLOCK) {
      const lastCol = Math.min(firstCol + BLOCK, cols);
      for (let col = firstCol; col < lastCol; col++) {
        const column = targetOffset + col * rows;
        for (let row = firstRow; row < lastRow; row++) {
          target[column + row] = source[sourceOffset + row * cols + col]!;
        }
      }
    }
  }
}
