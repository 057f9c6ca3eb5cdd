import { describeBadImages, type SkippedImage } from './bad-images.js';
import { findImages } from './find-images.js';
import { readHeaders, type GoodImage } from './read-headers.js';

/** The images of a folder, and those that were left out. */
export interface ListedImages {
  /** Paths relative to the folder, the class folder each lies in, and what its header says. */
  readonly images: readonly GoodImage[];
  /** Files left out by `skipBad`. */
  readonly skipped: readonly SkippedImage[];
}

/**
 * The images of a folder, of any sizes, as `folderSource` finds them: read up to their headers, not decoded.
 * @param options.skipBad go on without files whose headers can't be read, and list them in `skipped`; an error by default
 * @throws Error in one line when the folder is missing or has no images, or when headers can't be read
 * @example (await listImages('micrographs')).images[0] // => { path: 'foam1.png', height: 512, width: 768 }
 */
export async function listImages(
  folder: string,
  { skipBad = false }: { skipBad?: boolean } = {},
): Promise<ListedImages> {
  const found = await findImages(folder);
  const { good, bad } = await readHeaders({ folder, found }, 0, found.length);
  if (bad.length > 0 && (!skipBad || good.length === 0)) throw new Error(describeBadImages(folder, bad, found.length));
  return { images: good, skipped: bad };
}
