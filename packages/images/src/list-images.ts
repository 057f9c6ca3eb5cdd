import { describeBadImages } from './bad-images.js';
import { findImages } from './find-images.js';
import { readHeaders, type GoodImage } from './read-headers.js';

/**
 * The images of a folder, of any sizes, as `folderSource` finds them: read up to their headers, not decoded.
 * @returns paths relative to the folder, with the class folder each lies in
 * @throws Error in one line when the folder is missing or has no images, or when headers can't be read
 * @example (await listImages('micrographs'))[0] // => { path: 'foam1.png', height: 512, width: 768 }
 */
export async function listImages(folder: string): Promise<GoodImage[]> {
  const found = await findImages(folder);
  const { good, bad } = await readHeaders({ folder, found }, 0, found.length);
  if (bad.length > 0) throw new Error(describeBadImages(folder, bad, found.length, { canSkip: false }));
  return good;
}
