/** A dense matrix, row-major: element (i, j) is `data[i * cols + j]`. Features are n×d, one image a row. */
export interface Matrix {
  readonly data: Float32Array | Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/**
 * Views a typed array, or copies an array of rows, as a matrix.
 * @throws RangeError when the rows differ in width or the data does not fill rows×cols
 * @example matrix([[1, 2], [3, 4]]).cols // => 2
 */
export function matrix(rows: ReadonlyArray<ArrayLike<number>>): Matrix;
export function matrix(data: Float32Array | Float64Array, rows: number, cols: number): Matrix;
export function matrix(
  source: Float32Array | Float64Array | ReadonlyArray<ArrayLike<number>>,
  rows?: number,
  cols?: number,
): Matrix {
  if (source instanceof Float32Array || source instanceof Float64Array) {
    if (rows === undefined || cols === undefined || source.length !== rows * cols) {
      throw new RangeError(`a ${rows}×${cols} matrix needs that many elements, got ${source.length}`);
    }
    return { data: source, rows, cols };
  }
  const width = source.length > 0 ? source[0].length : 0;
  const data = new Float64Array(source.length * width);
  source.forEach((row, index) => {
    if (row.length !== width) {
      throw new RangeError(
        `row ${index} has ${row.length} columns where row 0 has ${width}: rows must be of one width`,
      );
    }
    data.set(row, index * width);
  });
  return { data, rows: source.length, cols: width };
}
