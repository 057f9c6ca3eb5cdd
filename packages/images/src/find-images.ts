import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { imageFormat } from './image-format.js';
import { listFilesDeep, listFolder } from './list-folder.js';

/** A file that is an image by its content, or claims to be one by its name. */
export interface FoundImage {
  /** Relative to the folder, `/` between names. */
  readonly path: string;
  /** The class folder it lies in. */
  readonly label?: string;
}

const imageName = /\.(png|apng|jpe?g|jpe|jfif|tiff?)$/i;

/**
 * The images of a folder in natural order; with class folders, one label each.
 * @param recursive true: also those in folders below; false: never; undefined: only when the folder itself has none
 * @throws Error in one line when there are none, or a folder can't be listed
 */
export async function findImages(folder: string, recursive?: boolean): Promise<FoundImage[]> {
  const files = (await listFolder(folder)).filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const own = await imagesAmong(folder, files);
  if (recursive === false || (recursive === undefined && own.length > 0)) {
    return requireSome(folder, files, own).map((path) => ({ path }));
  }
  const all = await listFilesDeep(folder);
  const paths = requireSome(folder, all, await imagesAmong(folder, all));
  return paths.map((path) => (own.length > 0 ? { path } : { path, label: path.slice(0, path.indexOf('/')) }));
}

async function imagesAmong(folder: string, files: readonly string[]): Promise<string[]> {
  const images: string[] = [];
  for (const file of files) {
    if (imageName.test(file) || (await isImage(join(folder, file)))) images.push(file);
  }
  return images;
}

async function isImage(path: string): Promise<boolean> {
  // A file with another name that can't be opened is none of our business.
  const file = await open(path).catch(() => undefined);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return imageFormat(buffer.subarray(0, bytesRead)) !== undefined;
  } finally {
    await file.close();
  }
}

function requireSome(folder: string, files: readonly string[], images: readonly string[]): readonly string[] {
  if (images.length > 0) return images;
  const held =
    files.length === 0
      ? 'it holds no files'
      : `it holds ${files.length} other file${files.length > 1 ? 's' : ''}, such as ${files[0]}`;
  throw new Error(`no PNG, JPEG or TIFF images in ${folder}: ${held}`);
}
