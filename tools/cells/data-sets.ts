import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, imageFormat, toGrey, toUint8 } from '@plateau/images';
import type { Raster } from '@plateau/cells';
import { decodeBmp } from './decode-bmp.js';

/** An image and what people drew over it, by the folder it lay in. */
export interface Annotated {
  readonly name: string;
  readonly image: Raster<Uint8Array>;
  readonly truth: Readonly<Record<string, Raster<Uint8Array>>>;
}

const root = join(import.meta.dirname, '../../../shared/data/cells');

/** The annotated images of one set in the data folder beside the checkout; undefined when it is absent. */
export async function readAnnotated(
  set: string,
  images: string,
  annotations: readonly string[],
): Promise<Annotated[] | undefined> {
  const folder = join(root, set);
  if (!existsSync(folder)) return undefined;
  const annotated: Annotated[] = [];
  for (const [number, path] of filesByNumber(join(folder, images))) {
    const truth: Record<string, Raster<Uint8Array>> = {};
    for (const kind of annotations) {
      const file = filesByNumber(join(folder, kind)).find(([other]) => other === number);
      if (!file) throw new Error(`${set}: image ${number} has no ${kind}`);
      truth[kind] = await readGrey(file[1]);
    }
    annotated.push({ name: `${set}/${number}`, image: await readGrey(path), truth });
  }
  return annotated;
}

function filesByNumber(folder: string): [number: number, path: string][] {
  return readdirSync(folder)
    .map((name): [number, string] => [Number(/\d+/.exec(name)?.[0]), join(folder, name)])
    .sort((a, b) => a[0] - b[0]);
}

async function readGrey(path: string): Promise<Raster<Uint8Array>> {
  const bytes = readFileSync(path);
  const { data, width, height } = toUint8(toGrey(imageFormat(bytes) ? await decodeImage(bytes) : decodeBmp(bytes)));
  return { data, width, height };
}
