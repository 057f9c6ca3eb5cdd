/** Whether more of a metric is better, less is, or neither. */
export type Direction = 'higher' | 'lower' | 'none';

/** How a number came about. Scores whose protocols differ are not comparable. */
export interface Protocol {
  readonly extractor?: { readonly id: string; readonly layer: string; readonly weightsSha256: string };
  readonly preprocessing?: { readonly resize: string; readonly valueRange: readonly [number, number] };
  /** The metric's own settings, as used. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/** One number, its uncertainty, what it rests on and how it came about. */
export interface Score {
  /** The metric's id in METRICS: `fid`, `kid`, `precision`, … */
  readonly metric: string;
  readonly value: number;
  readonly standardError?: number;
  /** The confidence interval, at the confidence in the protocol's params. */
  readonly interval?: readonly [number, number];
  readonly n: { readonly reference: number; readonly generated: number };
  readonly direction: Direction;
  readonly protocol: Protocol;
  /** Parts and companions of the value: KID's std and full-sample value, PRD's curve, … */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}
