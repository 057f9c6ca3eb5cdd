import { join } from 'node:path';
import { describeBadImages, type SkippedImage } from './bad-images.js';
import { decodeFiles } from './decode-files.js';
import type { FoundImage } from './find-images.js';
import type { ImageBatch } from './image-batch.js';
import { readHeaders, type GoodImage } from './read-headers.js';
import type { ImageSize } from './resize-clean.js';
import { toDepth16 } from './to-depth16.js';

/** What to load, and how. */
export interface LoadOptions {
  readonly folder: string;
  readonly found: readonly FoundImage[];
  readonly skipBad: boolean;
  readonly limit: number;
  /** The size to resize to; without it all images must have one size. */
  readonly target: ImageSize | undefined;
  readonly cacheBytes: number;
  /** Decode every image before this resolves, and keep it while memory lasts. */
  readonly decodeFirst: boolean;
}

/** The images of a folder. */
export interface LoadedFolder {
  readonly images: readonly GoodImage[];
  readonly skipped: readonly SkippedImage[];
  /** Whether any image has 16 bit. */
  readonly isDeep: boolean;
  /** Whether no image has a colour. */
  readonly isGrey: boolean;
  /**
   * All images in order, in the depth of the whole set, grey ones with one channel; those that are not kept are decoded on
   * worker threads, a few ahead of the one that is waited for.
   */
  decoded(): AsyncGenerator<ImageBatch>;
}

/** Reads all headers, then decodes all images, so that cheap checks fail first. */
export async function loadFolder(options: LoadOptions): Promise<LoadedFolder> {
  const { folder, found, limit, target, cacheBytes, decodeFirst } = options;
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
    if (!decodeFirst) {
      images.push(...headers.good);
      deep ||= headers.good.some(({ depth }) => depth === 16);
      grey &&= headers.good.every(({ channels }) => channels === 1);
      continue;
    }
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
  return {
    images,
    skipped,
    isDeep: deep,
    isGrey: grey,
    async *decoded() {
      const others = images.filter((_, i) => cache[i] === undefined);
      const files = decodeFiles(others.map(({ path }) => ({ path: join(folder, path), target })));
      try {
        for (const [i, image] of images.entries()) {
          const kept = cache[i];
          const decoded = kept ?? requireDecoded((await files.next()).value as ImageBatch | Error, image, options);
          yield deep ? toDepth16(decoded) : decoded;
        }
      } finally {
        await files.return(undefined);
      }
    },
  };
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

/** A file is decoded long after its header was read, and perhaps not for the first time. */
function requireDecoded(
  decoded: ImageBatch | Error,
  image: GoodImage,
  { folder, target, decodeFirst }: LoadOptions,
): ImageBatch {
  const path = join(folder, image.path);
  if (decoded instanceof Error) {
    const when = decodeFirst ? ' any more' : '';
    throw new Error(`${path} can't be read${when}: ${decoded.message}`, { cause: decoded });
  }
  const { height, width } = target ?? image;
  if (decoded.height === height && decoded.width === width) return decoded;
  throw new Error(`${path} was changed while it was used: it is ${decoded.width}×${decoded.height} now`);
}
