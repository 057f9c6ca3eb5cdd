import type { Matrix } from '@plateau/numerics';
import type { CalibratedDistance, CalibratedOptions } from '../frechet/calibrated-frechet-distance.js';
import type { Groups } from '../resampling/blocks.js';
import type { DrawPool } from '../resampling/draw.js';
import type { ComparedMetric } from './compared-metric.js';

/** Settings of `diagnose`. */
export interface DiagnoseOptions {
  /** Trials of the FID-versus-N table, draws of the floors of `metrics` and, times four, of FID's; default 5. */
  readonly trials?: number;
  /** Resampling draws of the fast metrics, and exchanges with `against`; default 1000. */
  readonly draws?: number;
  /** How the intervals of the fast metrics are made; default `bootstrap`. */
  readonly method?: 'bootstrap' | 'jackknife' | 'subsampling';
  /** Draws of the fast metrics' floors; default 199. */
  readonly floorDraws?: number;
  /** Draws of the calibrated distance's parametric bootstrap; default 20. */
  readonly calibrationDraws?: number;
  readonly sizes?: readonly number[];
  /** Images of either set that are looked at; more are sampled, with a warning. Default 2000. */
  readonly most?: number;
  /** Default 0.9. */
  readonly confidence?: number;
  /** Default 2020. */
  readonly seed?: number;
  /** Specimens of the images: intervals and floors draw them together. */
  readonly groups?: { readonly reference?: Groups; readonly generated?: Groups; readonly against?: Groups };
  /** Images of another generator, which the generated ones are compared with on the same reference. */
  readonly against?: Matrix;
  /** Images the generator was not trained on. */
  readonly heldOut?: Matrix;
  /** A classifier's logits of the generated images, for IS∞. */
  readonly logits?: Matrix;
  /** File names of the generated images. */
  readonly names?: readonly string[];
  /** Further metrics to put between floor and ceiling, besides FID and the fast ones. */
  readonly metrics?: readonly ComparedMetric[];
  /** Measures draws of `fastStatistic` of two sets. */
  readonly poolOf?: (reference: Matrix, generated: Matrix) => DrawPool | undefined;
  /** Computes `calibratedFrechetDistance` elsewhere, while the other steps run; default: here, in its turn. */
  readonly calibrate?: (
    reference: Matrix,
    generated: Matrix,
    options: CalibratedOptions,
  ) => Promise<CalibratedDistance>;
  /** Called with the name of each step as it begins, and the draws it will make. */
  readonly onStep?: (step: string, draws: number) => void;
  /** Called after each draw of a step. */
  readonly onDraw?: () => void;
}
