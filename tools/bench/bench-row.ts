/** One measured piece of work, and what it is held against. */
export interface BenchRow {
  readonly name: string;
  readonly seconds: number;
  /** The same work done otherwise. */
  readonly baseline?: { readonly name: string; readonly seconds: number };
  /** Baseline seconds over seconds: how many times faster. */
  readonly ratio?: number;
  /** What else was measured, such as memory. */
  readonly note?: string;
}
