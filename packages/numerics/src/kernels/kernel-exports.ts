/** What the module of packages/numerics/assembly exports. Pointers and lengths are bytes and elements of its memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** First byte that the module does not use itself. */
  readonly heapBase: WebAssembly.Global;
  packRows64(source: number, rows: number, depth: number, center: number, destination: number): void;
  packRows32(source: number, rows: number, depth: number, center: number, destination: number): void;
  multiplyPacked(a: number, rowsA: number, b: number, rowsB: number, depth: number, c: number): void;
  tridiagonalize(a: number, n: number, diagonal: number, offDiagonal: number, work: number): void;
  bidiagonalize(a: number, rows: number, cols: number, diagonal: number, superdiagonal: number, work: number): void;
}
