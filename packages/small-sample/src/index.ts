export * from './copying/covariance-rank.js';
export * from './copying/memorisation.js';
export * from './copying/near-duplicates.js';
export * from './diagnosis/advice.js';
export * from './diagnosis/ceiling.js';
export * from './diagnosis/compared-metric.js';
export * from './diagnosis/diagnose.js';
export * from './diagnosis/diagnose-options.js';
export type { ComparedOnReference, ComparedRow } from './diagnosis/compare-on-reference.js';
export * from './extrapolation/extrapolate.js';
export * from './extrapolation/frechet-versus-n.js';
export * from './extrapolation/images-needed.js';
export type { Line } from './extrapolation/line.js';
export {
  splitHalfFloors,
  standing,
  type Floor,
  type FloorOptions,
  type Standing,
} from './extrapolation/split-half-floor.js';
export type { CalibratedParts } from './frechet/calibrate.js';
export * from './frechet/calibrated-frechet-distance.js';
export * from './frechet/cross-moments.js';
export * from './frechet/cross-products.js';
export type { TailStrength } from './frechet/tail-strength.js';
export * from './report/charts.js';
export * from './report/tables.js';
export type { Groups } from './resampling/blocks.js';
export * from './resampling/bootstrap-intervals.js';
export * from './resampling/compare-generators.js';
export * from './resampling/draw.js';
export * from './resampling/fast-statistic.js';
export { holm } from '@plateau/numerics';
export * from './resampling/jackknife-intervals.js';
export type { Interval, ResamplingOptions } from './resampling/resampling-options.js';
export * from './resampling/statistic-of.js';
export * from './resampling/subsampling-intervals.js';
