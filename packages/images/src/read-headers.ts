import { join } from 'node:path';
import type { SkippedImage } from './bad-images.js';
import type { FoundImage } from './find-images.js';
import { imageHeader, type ImageHeader } from './image-header.js';
import { readImageFile } from './read-image-file.js';

/** An image whose header can be read, with what it says. */
export interface GoodImage extends FoundImage, ImageHeader {}

/** Whole files in memory: enough to hide the wait for a disk. */
const AT_ONCE = 16;

/** Reads headers from image `start` on until `wanted` are good. */
export async function readHeaders(
  { folder, found }: { readonly folder: string; readonly found: readonly FoundImage[] },
  start: number,
  wanted: number,
): Promise<{ good: GoodImage[]; bad: SkippedImage[]; next: number }> {
  const good: GoodImage[] = [];
  const bad: SkippedImage[] = [];
  let next = start;
  while (next < found.length && good.length < wanted) {
    const some = found.slice(next, next + Math.min(AT_ONCE, wanted - good.length));
    next += some.length;
    for (const one of await Promise.all(some.map((image) => readHeader(folder, image)))) {
      if ('reason' in one) bad.push(one);
      else good.push(one);
    }
  }
  return { good, bad, next };
}

async function readHeader(folder: string, image: FoundImage): Promise<GoodImage | SkippedImage> {
  try {
    return { ...image, ...imageHeader(await readImageFile(join(folder, image.path))) };
  } catch (error) {
    return { path: image.path, reason: (error as Error).message };
  }
}
