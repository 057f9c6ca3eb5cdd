import type { Length } from '@plateau/images';
import { foamClass, type FoamClass } from './foam-classes.js';
import { inMicrometres } from './micrometres.js';

/** Which micrograph to make. */
export interface FoamImageOptions {
  /** One of `FOAM_CLASSES`. */
  readonly className: string;
  /** A whole number; 0 by default. */
  readonly seed?: number;
  /** Which image of the seed's endless series; 0 by default. */
  readonly index?: number;
  /** Side of the square image in pixels, 16 or more; 128 by default. */
  readonly size?: number;
  /** Side of a pixel; 8 µm by default. The finer, the fewer cells are in the image, and the more is seen of each. */
  readonly pixelSize?: Length;
}

/** Options as they are used. */
export interface CheckedFoamOptions {
  readonly kind: FoamClass;
  readonly seed: number;
  readonly index: number;
  readonly size: number;
  readonly micrometres: number;
}

/**
 * Options with the defaults filled in.
 * @throws RangeError that names the option, what was got and what was expected
 */
export function checkFoamOptions({
  className,
  seed = 0,
  index = 0,
  size = 128,
  pixelSize,
}: FoamImageOptions): CheckedFoamOptions {
  const kind = foamClass(className);
  requireWhole('seed', seed, 0);
  requireWhole('index', index, 0);
  requireWhole('size', size, 16);
  const micrometres = inMicrometres(pixelSize);
  requireResolution(kind, micrometres);
  return { kind, seed, index, size, micrometres };
}

/** Refuses what is no whole number of `least` or more. */
export function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`foam: ${name} is ${value}, expected a whole number of ${least} or more`);
  }
}

// Below this a cell is little more than its walls.
const leastDiameter = 6;

function requireResolution({ name, cellDiameter }: FoamClass, micrometres: number): void {
  const coarsest = cellDiameter / leastDiameter;
  if (micrometres <= coarsest) return;
  throw new RangeError(
    `foam: pixels of ${micrometres} µm are too coarse for ${name}, whose cells measure ${cellDiameter} µm; ` +
      `expected ${Math.floor(coarsest)} µm or finer`,
  );
}
