import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImage, folderSource, toGrey, toUint8, type ImageBatch } from '@plateau/images';
import type { Raster } from '@plateau/cells';
import { openImages } from '../sets.js';

/** An image to find cells in. */
export interface NamedImage {
  /** Relative to its folder, or a number in the set. */
  readonly file: string;
  readonly image: Raster<Uint8Array>;
  /** The class folder it lay in. */
  readonly label?: string;
}

/** The images of a folder, of any sizes, or of `foam:CLASS?…`, as 8-bit grey, one at a time. */
export async function* readImages(set: string): AsyncGenerator<NamedImage> {
  if (set.startsWith('foam:')) {
    let n = 0;
    for await (const batch of await openImages(set)) {
      for (let i = 0; i < batch.count; i++)
        yield { file: `${String(n++).padStart(5, '0')}.png`, image: greyOf(batch, i) };
    }
    return;
  }
  // Mixed sizes are fine here: only the list of readable files is wanted.
  const { paths, labels } = await folderSource(set, { size: 8 });
  for (const [i, file] of paths.entries()) {
    const image = greyOf(decodeImage(await readFile(join(set, file))), 0);
    yield { file, image, ...(labels && { label: labels[i]! }) };
  }
}

function greyOf(batch: ImageBatch, index: number): Raster<Uint8Array> {
  const { data, width, height } = toUint8(toGrey(batch));
  return { data: data.slice(index * width * height, (index + 1) * width * height), width, height };
}
