import { parse } from 'node:path';
import type { SkippedImage } from '@plateau/images';
import { warnOfSkipped } from '../warn-of-skipped.js';
import {
  loadDrawing,
  loadImage,
  openEntries,
  unreadable,
  type BadImages,
  type Drawing,
  type GreyImage,
  type ImageEntry,
} from './read-images.js';

/** An image and what was drawn over it. */
export interface DrawnImage {
  readonly file: string;
  readonly image: GreyImage;
  readonly drawing: Drawing;
}

/**
 * Images with the masks or scribbles of their names.
 * @param options.skipBad goes on without images and drawings that can't be read, and warns of them
 * @throws Error in one line when an image has no drawing, or one of another size, when one can't be read, or none is left
 */
export async function drawnImages(images: string, drawings: string, options: BadImages): Promise<DrawnImage[]> {
  const masks = await loadAll(drawings, loadDrawing, options);
  const drawn: DrawnImage[] = [];
  for (const [file, image] of (await loadAll(images, loadImage, options)).images) {
    const isOfIt = (path: string): boolean => parse(path).name === parse(file).name;
    if (masks.skipped.some(({ path }) => isOfIt(path))) continue;
    const [, drawing] = masks.images.find(([path]) => isOfIt(path)) ?? [];
    if (!drawing) throw new Error(`${images}: ${file} has no mask of its name in ${drawings}`);
    if (drawing.width !== image.width || drawing.height !== image.height) {
      throw new Error(
        `the mask of ${file} is ${drawing.width}×${drawing.height}, its image ${image.width}×${image.height}; expected one size`,
      );
    }
    drawn.push({ file, image, drawing });
  }
  if (drawn.length === 0) throw new Error(`no image of ${images} has a mask in ${drawings} that can be read`);
  return drawn;
}

async function loadAll<Image>(
  set: string,
  load: (entry: ImageEntry) => Promise<{ image: Image } | SkippedImage>,
  { skipBad = false }: BadImages,
): Promise<{ images: [file: string, image: Image][]; skipped: SkippedImage[] }> {
  const { entries, skipped: unlisted } = await openEntries(set, { skipBad });
  const skipped = [...unlisted];
  const images: [file: string, image: Image][] = [];
  for await (const entry of entries) {
    const loaded = await load(entry);
    if ('image' in loaded) images.push([entry.file, loaded.image]);
    else if (skipBad) skipped.push(loaded);
    else throw unreadable(set, loaded);
  }
  warnOfSkipped(set, skipped, images.length + skipped.length);
  return { images, skipped };
}
