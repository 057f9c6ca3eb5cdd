import { writeFile } from 'node:fs/promises';
import { encodePng } from './encode-png.js';
import type { ImageBatch } from './image-batch.js';

/** Writes one image of a batch, the first by default, to a PNG file, as `encodePng` encodes it. */
export async function writePng(path: string, batch: ImageBatch, index = 0): Promise<void> {
  await writeFile(path, encodePng(batch, index));
}
