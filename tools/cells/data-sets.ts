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
export function readAnnotated(set: string, images: string, annotations: readonly string[]): Annotated[] | undefined {
  const folder = join(root, set);
  if (!existsSync(folder)) return undefined;
  return filesByNumber(join(folder, images)).map(([number, path]) => {
    const truth = annotations.map((kind) => {
      const file = filesByNumber(join(folder, kind)).find(([other]) => other === number);
      if (!file) throw new Error(`${set}: image ${number} has no ${kind}`);
      return [kind, readGrey(file[1])] as const;
    });
    return { name: `${set}/${number}`, image: readGrey(path), truth: Object.fromEntries(truth) };
  });
}

function filesByNumber(folder: string): [number: number, path: string][] {
  return readdirSync(folder)
    .map((name): [number, string] => [Number(/\d+/.exec(name)?.[0]), join(folder, name)])
    .sort((a, b) => a[0] - b[0]);
}

function readGrey(path: string): Raster<Uint8Array> {
  const bytes = readFileSync(path);
  const { data, width, height } = toUint8(toGrey(imageFormat(bytes) ? decodeImage(bytes) : decodeBmp(bytes)));
  return { data, width, height };
}
