import { join } from 'node:path';
import type { SkippedImage } from './bad-images.js';
import type { FoundImage } from './find-images.js';
import { imageHeader, type ImageHeader } from './image-header.js';
import { readImageFile } from './read-image-file.js';

/** An image whose header can be read, with what it says. */
export interface GoodImage extends FoundImage, ImageHeader {}

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
    const image = found[next]!;
    next += 1;
    try {
      good.push({ ...image, ...imageHeader(await readImageFile(join(folder, image.path))) });
    } catch (error) {
      bad.push({ path: image.path, reason: (error as Error).message });
    }
  }
  return { good, bad, next };
}
