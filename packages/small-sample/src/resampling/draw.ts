/** Rows of the two sets, with repeats where a row was drawn more than once. */
export interface Draw {
  readonly reference: Int32Array;
  readonly generated: Int32Array;
}

/** Numbers that a draw gives, by name. */
export type Measurements = Readonly<Record<string, number>>;

/** What is measured on every draw: any metric of rows, or several that share work. */
export type Statistic = (draw: Draw) => Measurements;

/**
 * Measures many draws. Inject one that spreads them over workers; each worker holds the features and its own `Statistic`.
 * The results must come in the order of the draws.
 */
export type DrawPool = (draws: readonly Draw[], onDraw: () => void) => Promise<readonly Measurements[]>;

/** A pool of one: the statistic in this thread, which breathes between draws so that progress can be shown. */
export function serialPool(statistic: Statistic): DrawPool {
  return async (draws, onDraw) => {
    const results: Measurements[] = [];
    for (const draw of draws) {
      results.push(statistic(draw));
      onDraw();
      if (results.length % 50 === 0) await Promise.resolve();
    }
    return results;
  };
}
