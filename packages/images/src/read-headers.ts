import { join } from 'node:path';
import type { SkippedImage } from './bad-images.js';
import type { FoundImage } from './find-images.js';
import { imageHeader } from './image-header.js';
import { readImageFile } from './read-image-file.js';
import type { ImageSize } from './resize-clean.js';

/** An image whose header can be read, with its size. */
export interface GoodImage extends FoundImage, ImageSize {}

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
      const { height, width } = imageHeader(await readImageFile(join(folder, image.path)));
      good.push({ ...image, height, width });
    } catch (error) {
      bad.push({ path: image.path, reason: (error as Error).message });
    }
  }
  return { good, bad, next };
}
