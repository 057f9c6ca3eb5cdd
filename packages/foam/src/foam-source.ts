import { concatBatches, type ImageSource, type Length } from '@plateau/images';
import { foamClass } from './foam-classes.js';
import { foamImage } from './foam-image.js';
import { defaultPixelSize } from './micrometres.js';

/** Which set of micrographs to make; sizes as for `foamImage`. */
export interface FoamSourceOptions {
  /** One of `FOAM_CLASSES`. */
  readonly className: string;
  /** How many images. */
  readonly n: number;
  /** 0 by default. */
  readonly seed?: number;
  /** 128 by default. */
  readonly size?: number;
  /** 8 µm by default. */
  readonly pixelSize?: Length;
  /** Most images a batch; 32 by default. */
  readonly batchSize?: number;
}

/** A set of micrographs; its images are `foamImage`'s 0 to n − 1. */
export interface FoamSource extends ImageSource {
  readonly count: number;
  readonly labels: readonly string[];
  readonly pixelSize: Length;
}

/**
 * Micrographs of one class as a source of grey 8-bit batches, made when they are asked for and anew at each iteration.
 *
 * A set of 700 begins with the very images of the set of 500 with the same seed. Sets to compare need different seeds.
 * @throws RangeError when there is no such class, or a number can't be
 * @example foamSource({ className: 'pristine', n: 500, seed: 1 }).id // => 'foam:pristine?n=500&seed=1'
 */
export function foamSource({
  className,
  n,
  seed = 0,
  size = 128,
  pixelSize = defaultPixelSize,
  batchSize = 32,
}: FoamSourceOptions): FoamSource {
  const { name } = foamClass(className);
  for (const [what, value] of Object.entries({ n, batchSize })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`foam: ${what} is ${value}, expected a whole number of 1 or more`);
    }
  }
  const make = (index: number) => foamImage({ className, seed, index, size, pixelSize }).image;
  // The options that only foamImage checks are refused now, not in the first batch.
  make(0);
  const isDefaultScale = pixelSize.value === defaultPixelSize.value && pixelSize.unit === defaultPixelSize.unit;
  const scale = isDefaultScale ? '' : `&pixelSize=${pixelSize.value}${pixelSize.unit}`;
  return {
    id: `foam:${name}?n=${n}&seed=${seed}${size === 128 ? '' : `&size=${size}`}${scale}`,
    count: n,
    labels: Array.from({ length: n }, () => name),
    pixelSize,
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < n; start += batchSize) {
        const length = Math.min(batchSize, n - start);
        yield concatBatches(Array.from({ length }, (_, k) => make(start + k)));
      }
    },
  };
}
