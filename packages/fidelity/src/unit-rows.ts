import type { Matrix } from '@plateau/numerics';

/** Rows scaled to length 1, with one column more where the direction of zero rows goes. */
export function unitRows({ data, rows, cols }: Matrix): Matrix {
  const width = cols + 1;
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    let largest = 0;
    for (let j = 0; j < cols; j++) largest = Math.max(largest, Math.abs(data[i * cols + j]));
    if (largest === 0) {
      out[i * width + cols] = 1;
      continue;
    }
    let squares = 0;
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j] / largest;
      out[i * width + j] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    for (let j = 0; j < cols; j++) out[i * width + j] /= length;
  }
  return { data: out, rows, cols: width };
}
