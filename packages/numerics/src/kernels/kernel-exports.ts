import type { WasmModule } from '../wasm/index.js';

/** What the module of packages/numerics/assembly exports. Pointers and lengths are bytes and elements of its memory. */
export interface KernelExports extends WasmModule {
  packRows64(source: number, rows: number, depth: number, center: number, destination: number): void;
  packRows32(source: number, rows: number, depth: number, center: number, destination: number): void;
  packColumns64(
    source: number,
    stride: number,
    steps: number,
    columns: number,
    center: number,
    destination: number,
    panel: number,
  ): void;
  packColumns32(
    source: number,
    stride: number,
    steps: number,
    columns: number,
    center: number,
    destination: number,
    panel: number,
  ): void;
  multiplyPacked(a: number, rowsA: number, b: number, rowsB: number, depth: number, c: number): void;
  packSingle(
    source: number,
    shift: number,
    rows: number,
    depth: number,
    center: number,
    scale: number,
    destination: number,
  ): void;
  multiplySingle(a: number, rowsA: number, b: number, rowsB: number, depth: number, c: number): void;
  tridiagonalize(a: number, n: number, diagonal: number, offDiagonal: number, work: number): void;
  factorPanel(vectors: number, count: number, length: number, diagonal: number, t: number, work: number): void;
  bidiagonalizeBand(
    band: number,
    n: number,
    width: number,
    diagonal: number,
    superdiagonal: number,
    work: number,
  ): void;
}
