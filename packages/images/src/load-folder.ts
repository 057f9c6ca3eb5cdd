import { join } from 'node:path';
import { describeBadImages, type SkippedImage } from './bad-images.js';
import { decodeFiles } from './decode-files.js';
import type { FoundImage } from './find-images.js';
import type { ImageBatch } from './image-batch.js';
import { prepareFile } from './prepare-file.js';
import { readHeaders, type GoodImage } from './read-headers.js';
import type { ImageSize } from './resize-clean.js';
import { toDepth16 } from './to-depth16.js';
import { toGrey } from './to-grey.js';
import { toRgb } from './to-rgb.js';

/** What to load, and how. */
export interface LoadOptions {
  readonly folder: string;
  readonly found: readonly FoundImage[];
  readonly skipBad: boolean;
  readonly limit: number;
  /** The size to resize to; without it all images must have one size. */
  readonly target: ImageSize | undefined;
  readonly cacheBytes: number;
}

/** The images of a folder, each decoded once and, while memory lasts, kept. */
export interface LoadedFolder {
  readonly images: readonly GoodImage[];
  readonly skipped: readonly SkippedImage[];
  /** Whether any image has 16 bit. */
  readonly isDeep: boolean;
  /** Whether no image has a colour. */
  readonly isGrey: boolean;
  /** Image i, in the depth of the whole set. */
  read(i: number, channels: 1 | 3): Promise<ImageBatch>;
}

/** Reads all headers, then decodes all images, so that cheap checks fail first. */
export async function loadFolder(options: LoadOptions): Promise<LoadedFolder> {
  const { folder, found, limit, target, cacheBytes } = options;
  const skipped: SkippedImage[] = [];
  const images: GoodImage[] = [];
  const cache: (ImageBatch | undefined)[] = [];
  let room = cacheBytes;
  let deep = false;
  let grey = true;
  // More than one round only when `limit` stopped short of an image that turned out to be damaged.
  for (let next = 0; next < found.length && images.length < limit;) {
    const headers = await readHeaders(options, next, limit - images.length);
    next = headers.next;
    skipped.push(...headers.bad);
    refuseBad(options, headers.bad);
    if (!target) requireOneSize(folder, [...images, ...headers.good]);
    const damaged: SkippedImage[] = [];
    const jobs = headers.good.map(({ path }) => ({ path: join(folder, path), target }));
    let at = 0;
    for await (const decoded of decodeFiles(jobs)) {
      const image = headers.good[at++]!;
      if (decoded instanceof Error) {
        damaged.push({ path: image.path, reason: decoded.message });
        continue;
      }
      images.push(image);
      room -= decoded.data.byteLength;
      cache.push(room >= 0 ? decoded : undefined);
      deep ||= decoded.data instanceof Uint16Array;
      grey &&= decoded.channels === 1;
    }
    skipped.push(...damaged);
    refuseBad(options, damaged);
  }
  if (images.length === 0) throw new Error(describeBadImages(folder, skipped, skipped.length));
  const read = async (i: number, channels: 1 | 3): Promise<ImageBatch> => {
    const image = cache[i] ?? (await prepareAgain(folder, images[i]!, target));
    const inDepth = deep ? toDepth16(image) : image;
    return channels === 3 ? toRgb(inDepth) : toGrey(inDepth);
  };
  return { images, skipped, isDeep: deep, isGrey: grey, read };
}

function refuseBad({ folder, found, skipBad, limit }: LoadOptions, bad: readonly SkippedImage[]): void {
  if (bad.length > 0 && !skipBad) throw new Error(describeBadImages(folder, bad, Math.min(found.length, limit)));
}

function requireOneSize(folder: string, images: readonly GoodImage[]): void {
  const [first] = images;
  const other = images.find(({ height, width }) => height !== first!.height || width !== first!.width);
  if (!other) return;
  const [a, b] = [first!, other].map(({ path, height, width }) => `${path} is ${width}×${height}`);
  throw new Error(`images in ${folder} differ in size: ${a}, ${b}; give size (--size) to resize them all to one`);
}

async function prepareAgain(folder: string, image: GoodImage, target: ImageSize | undefined): Promise<ImageBatch> {
  const again = await prepareFile({ path: join(folder, image.path), target }).catch((error: Error) => {
    throw new Error(`${join(folder, image.path)} can't be read any more: ${error.message}`, { cause: error });
  });
  const { height, width } = target ?? image;
  if (again.height === height && again.width === width) return again;
  throw new Error(
    `${join(folder, image.path)} was changed while it was used: it is ${again.width}×${again.height} now`,
  );
}
