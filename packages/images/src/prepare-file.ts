import { decodeImage } from './decode-image.js';
import { dropEqualChannels } from './drop-equal-channels.js';
import type { ImageBatch } from './image-batch.js';
import { readImageFile } from './read-image-file.js';
import type { ImageSize } from './resize-clean.js';
import { resizeToDepth } from './resize-to-depth.js';

/** An image file to read. */
export interface FileJob {
  readonly path: string;
  /** The size to resize to. */
  readonly target: ImageSize | undefined;
}

/** A file decoded, without channels that say nothing, and resized: what is worth keeping. */
export async function prepareFile({ path, target }: FileJob): Promise<ImageBatch> {
  const image = await decodeImage(await readImageFile(path));
  const lean = dropEqualChannels(image);
  return target ? resizeToDepth(lean, target) : lean;
}
