import { concatBatches, type ImageSource, type Length } from '@plateau/images';
import { foamImage } from './foam-image.js';
import { checkFoamOptions, requireWhole } from './foam-options.js';
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
  const options = { className, seed, size, pixelSize };
  const { name } = checkFoamOptions(options).kind;
  requireWhole('n', n, 1);
  requireWhole('batchSize', batchSize, 1);
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
        yield concatBatches(Array.from({ length }, (_, k) => foamImage({ ...options, index: start + k }).image));
      }
    },
  };
}
