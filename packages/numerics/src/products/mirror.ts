/** Elements of a block side: one cache line, so that rows a power of two apart do not drive each other out. */
const BLOCK = 8;

/** Copies the lower triangle of an n×n row-major matrix into its upper one. */
export function mirrorLowerTriangle(data: Float64Array, n: number): void {
  for (let top = 0; top < n; top += BLOCK) {
    const bottom = Math.min(top + BLOCK, n);
    for (let left = 0; left <= top; left += BLOCK) {
      for (let i = top; i < bottom; i++) {
        const right = Math.min(left + BLOCK, i);
        for (let j = left; j < right; j++) data[j * n + i] = data[i * n + j];
      }
    }
  }
}
