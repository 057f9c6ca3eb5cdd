import { readFile } from 'node:fs/promises';
import { foamSource, parseFoamSpec } from '@plateau/foam';
import { folderSource, type ImageSource } from '@plateau/images';
import { readNpyMatrix, type Matrix } from '@plateau/numerics';
import { warnOfSkipped } from './warn-of-skipped.js';

/** A SET of the command line: images to embed, or features as they are. */
export type OpenedSet =
  | { readonly kind: 'images'; readonly source: ImageSource }
  | { readonly kind: 'features'; readonly id: string; readonly features: Matrix };

/** How folders of images are read. */
export interface SetOptions {
  /** Goes on without images that can't be read. */
  readonly skipBad?: boolean;
  /** Side of the square that images are resized to, or that foam is made at. */
  readonly size?: number;
  /** Of a folder that is read once, `false`: images are decoded while those before them are used. */
  readonly decodeFirst?: boolean;
}

/** Opens a folder of images, an `.npy` matrix of features, or `foam:CLASS?n=500&seed=1`. */
export async function openSet(spec: string, options: SetOptions = {}): Promise<OpenedSet> {
  if (spec.toLowerCase().endsWith('.npy')) return { kind: 'features', id: spec, features: await readFeatures(spec) };
  return { kind: 'images', source: await openImages(spec, options) };
}

/** Opens a SET that must hold images: a folder, or `foam:…`. */
export async function openImages(spec: string, options: SetOptions = {}): Promise<ImageSource> {
  const { skipBad, size, decodeFirst } = options;
  if (spec.startsWith('foam:')) return foamSource({ ...parseFoamSpec(spec), ...(size === undefined ? {} : { size }) });
  const source = await folderSource(spec, { skipBad, size, decodeFirst });
  warnOfSkipped(spec, source.skipped, source.skipped.length + source.count);
  return source;
}

async function readFeatures(path: string): Promise<Matrix> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new Error(
      `can't read ${path} (${(error as NodeJS.ErrnoException).code}); give an .npy file, a folder of images or foam:CLASS`,
      {
        cause: error,
      },
    );
  }
  try {
    return readNpyMatrix(bytes);
  } catch (error) {
    throw new RangeError(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
