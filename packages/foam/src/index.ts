export * from './foam-classes.js';
export * from './foam-image.js';
export type { FoamImageOptions } from './foam-options.js';
export * from './foam-source.js';
export * from './foam-spec.js';
export type { FoamCell, FoamTruth, FoamWall } from './foam-truth.js';
