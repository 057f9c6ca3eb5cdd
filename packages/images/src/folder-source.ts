import type { CountedImageSource } from './array-source.js';
import type { SkippedImage } from './bad-images.js';
import { concatBatches } from './concat-batches.js';
import { findImages } from './find-images.js';
import { loadFolder } from './load-folder.js';
import type { ImageBatch, ValueRange } from './image-batch.js';
import type { Length } from './image-source.js';
import type { ImageSize } from './resize-clean.js';
import { toGrey } from './to-grey.js';
import { toRgb } from './to-rgb.js';

/** How a folder is read. */
export interface FolderSourceOptions {
  /** Most images a batch; 32 by default. */
  readonly batchSize?: number;
  /** Go on without files that can't be decoded, and list them in `skipped`; an error by default. */
  readonly skipBad?: boolean;
  /** Resize every image (a number: to a square), with `resizeClean`, rounded to 8 or 16 bit again. Nothing is cropped. */
  readonly size?: number | ImageSize;
  /** 1: grey, 3: RGB; `auto`, the default: grey when no pixel of any image has a colour. */
  readonly channels?: 'auto' | 1 | 3;
  /**
   * Read the folders in the folder too. By default this is done only when the folder itself holds no image: then the
   * folders in it are classes, and their names the labels.
   */
  readonly recursive?: boolean;
  /** Read the first so many images only. */
  readonly limit?: number;
  readonly pixelSize?: Length;
  /** Decoded images kept in memory, 256 MiB by default; what is beyond it is decoded anew at each iteration. */
  readonly cacheBytes?: number;
  /**
   * `false`: only headers are read before this resolves, and images are decoded while those before them are used, for one
   * pass over a large set. Damage that a header doesn't show is an error of the pass then, `channels` is what the headers
   * say, and with `auto` a batch without colour is grey. With `skipBad` all are decoded first. @default true
   */
  readonly decodeFirst?: boolean;
}

/** Images of a folder. */
export interface FolderSource extends CountedImageSource {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly range: ValueRange;
  /** Files, relative to the folder, in the order of the images. */
  readonly paths: readonly string[];
  /** Files left out by `skipBad`. */
  readonly skipped: readonly SkippedImage[];
}

/**
 * The PNG and JPEG images of a folder, told by their content, in natural order (`img2` before `img10`); other files and
 * names that start with a dot are passed over.
 *
 * Every image is decoded once before this resolves, so that what is wrong with one is known before any long work; see
 * `decodeFirst`. When 8 and 16 bit are mixed all become 16 bit, when grey and RGB are mixed all become RGB.
 * @param folder its path, which becomes the id
 * @throws RangeError when an option can't be
 * @throws Error in one line when the folder is missing or has no images, when some can't be decoded (counted, the first
 * three named), or when sizes are mixed and no `size` is given (two files named)
 */
export async function folderSource(
  folder: string,
  {
    batchSize = 32,
    skipBad = false,
    size,
    channels: wantedChannels = 'auto',
    recursive,
    limit = Infinity,
    pixelSize,
    cacheBytes = 2 ** 28,
    decodeFirst = true,
  }: FolderSourceOptions = {},
): Promise<FolderSource> {
  requireWhole('batchSize', batchSize);
  if (limit !== Infinity) requireWhole('limit', limit);
  const target = typeof size === 'number' ? { height: size, width: size } : size;
  for (const side of target ? [target.height, target.width] : []) requireWhole('size', side);
  const found = await findImages(folder, recursive);
  const isEager = decodeFirst || skipBad;
  const { images, skipped, isDeep, isGrey, decoded } = await loadFolder({
    folder,
    found,
    skipBad,
    limit,
    target,
    cacheBytes,
    decodeFirst: isEager,
  });
  const channels = wantedChannels === 'auto' ? (isGrey ? 1 : 3) : wantedChannels;
  const labels = images.flatMap(({ label }) => label ?? []);
  const { height, width } = target ?? images[0]!;
  return {
    id: folder,
    count: images.length,
    ...(labels.length > 0 && { labels }),
    ...(pixelSize && { pixelSize }),
    height,
    width,
    channels,
    range: isDeep ? [0, 65535] : [0, 255],
    paths: images.map(({ path }) => path),
    skipped,
    async *[Symbol.asyncIterator]() {
      const choose = wantedChannels === 'auto' && !isEager ? channelsOf : () => channels;
      let batch: ImageBatch[] = [];
      for await (const image of decoded()) {
        if (batch.push(image) < batchSize) continue;
        yield joined(batch, choose(batch));
        batch = [];
      }
      if (batch.length > 0) yield joined(batch, choose(batch));
    },
  };
}

function channelsOf(images: readonly ImageBatch[]): 1 | 3 {
  return images.every(({ channels }) => channels === 1) ? 1 : 3;
}

function joined(images: readonly ImageBatch[], channels: 1 | 3): ImageBatch {
  return concatBatches(images.map((image) => (channels === 1 ? toGrey(image) : toRgb(image))));
}

function requireWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`folderSource: ${name} is ${value}, expected a whole number of 1 or more`);
  }
}
