/** ‖a − b‖² of two rows, from their differences. Four running sums, because one would wait for each addition. */
export function rowDistance(
  a: Float32Array | Float64Array,
  startA: number,
  b: Float32Array | Float64Array,
  startB: number,
  depth: number,
): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let p = 0;
  for (; p + 3 < depth; p += 4) {
    const d0 = a[startA + p] - b[startB + p];
    const d1 = a[startA + p + 1] - b[startB + p + 1];
    const d2 = a[startA + p + 2] - b[startB + p + 2];
    const d3 = a[startA + p + 3] - b[startB + p + 3];
    sum0 += d0 * d0;
    sum1 += d1 * d1;
    sum2 += d2 * d2;
    sum3 += d3 * d3;
  }
  for (; p < depth; p++) {
    const difference = a[startA + p] - b[startB + p];
    sum0 += difference * difference;
  }
  return sum0 + sum1 + (sum2 + sum3);
}
