import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Raster } from '@plateau/cells';
import {
  decodeImage,
  listImages,
  tiffPixelSize,
  toGrey,
  toUint8,
  type ImageBatch,
  type ImageSource,
  type Length,
  type SkippedImage,
} from '@plateau/images';
import { openImages } from '../sets.js';

/** One channel of 8 bit. */
export type GreyImage = Raster<Uint8Array>;

/** What somebody drew over an image. */
export interface Drawing extends Raster<ArrayLike<number>> {
  /** The greatest value that its file can hold. */
  readonly most: number;
}

/** An image of a set: a file to be read, or pixels that were made. */
export interface ImageEntry {
  /** Relative to its folder, or a number in the set. */
  readonly file: string;
  /** The class folder it lay in, or its foam's class. */
  readonly label?: string;
  readonly source: { readonly path: string } | { readonly image: GreyImage; readonly pixelSize?: Length };
}

/** The images of a set, in order. */
export interface EntrySet {
  readonly count: number;
  readonly entries: AsyncGenerator<ImageEntry>;
  /** Files left out because of their headers; they are not among `count`. */
  readonly skipped: readonly SkippedImage[];
}

/** What is done about images that can't be read. */
export interface BadImages {
  /** Goes on without them; an error by default. */
  readonly skipBad?: boolean;
}

/** Lists the images of a folder, of any sizes, or of `foam:CLASS?…`. */
export async function openEntries(set: string, options: BadImages = {}): Promise<EntrySet> {
  if (set.startsWith('foam:')) {
    const foam = await openImages(set);
    return { count: foam.count!, entries: foamEntries(foam), skipped: [] };
  }
  const { images, skipped } = await listImages(set, options);
  return { count: images.length, entries: fileEntries(set, images), skipped };
}

async function* foamEntries(foam: ImageSource): AsyncGenerator<ImageEntry> {
  const { pixelSize } = foam;
  let n = 0;
  for await (const batch of foam) {
    for (let i = 0; i < batch.count; i++) {
      const file = `${String(n++).padStart(5, '0')}.png`;
      yield { file, source: { image: greyOf(batch, i), ...(pixelSize && { pixelSize }) } };
    }
  }
}

async function* fileEntries(
  folder: string,
  files: readonly { readonly path: string; readonly label?: string }[],
): AsyncGenerator<ImageEntry> {
  for (const { path, label } of files) {
    yield { file: path, source: { path: join(folder, path) }, ...(label !== undefined && { label }) };
  }
}

/** The pixels of an image as 8-bit grey, and the size of a pixel where it is known; or why it can't be read. */
export async function loadImage({
  file,
  source,
}: ImageEntry): Promise<{ image: GreyImage; pixelSize?: Length } | SkippedImage> {
  if ('image' in source) return source;
  return orReason(file, async () => {
    const bytes = await readFile(source.path);
    const pixelSize = tiffPixelSize(bytes);
    return { image: greyOf(await decodeImage(bytes), 0), ...(pixelSize && { pixelSize }) };
  });
}

/** A mask, a label map or scribbles: the greatest value of each pixel's channels, as the file holds them. */
export async function loadDrawing({ file, source }: ImageEntry): Promise<{ image: Drawing } | SkippedImage> {
  if ('image' in source) return { image: { ...source.image, most: 255 } };
  return orReason(file, async () => {
    const { data, channels, width, height, range } = await decodeImage(await readFile(source.path));
    const values = Float32Array.from({ length: width * height }, (_, i) =>
      Math.max(...data.subarray(i * channels, (i + 1) * channels)),
    );
    return { image: { data: values, width, height, most: range[1] } };
  });
}

async function orReason<T>(path: string, load: () => Promise<T>): Promise<T | SkippedImage> {
  try {
    return await load();
  } catch (error) {
    return { path, reason: (error as Error).message };
  }
}

/** The error of an image that can't be read and must not be left out. */
export function unreadable(set: string, { path, reason }: SkippedImage): Error {
  return new Error(`${join(set, path)}: ${reason}; repair or remove it, or go on without it: --skip-bad`);
}

function greyOf(batch: ImageBatch, index: number): GreyImage {
  const { data, width, height } = toUint8(toGrey(batch));
  return { data: data.slice(index * width * height, (index + 1) * width * height), width, height };
}
