import { readFile } from 'node:fs/promises';

/**
 * Reads which specimen each image of a set shows, from lines of `image,specimen`: the image by its path in the folder, or, for
 * sets without paths, by its row, from 0. A first line `image,specimen` is a head.
 * @param names paths of the images; undefined where the set has none
 * @param count images of the set
 * @returns one specimen an image
 * @throws RangeError when the file can't be read, a line is no pair, or an image has no specimen or two
 */
export async function readGroups(path: string, names: readonly string[] | undefined, count: number): Promise<string[]> {
  const specimens = new Map<string, string>();
  for (const [index, line] of (await readLines(path)).entries()) {
    const comma = line.lastIndexOf(',');
    const [image, specimen] = [line.slice(0, comma).trim(), line.slice(comma + 1).trim()];
    if (comma < 0 || image === '' || specimen === '') {
      throw new RangeError(`${path}, line ${index + 1}: expected image,specimen, got ${line}`);
    }
    if (index === 0 && image === 'image' && specimen === 'specimen') continue;
    if (specimens.has(image) && specimens.get(image) !== specimen) {
      throw new RangeError(`${path}, line ${index + 1}: ${image} is of ${specimens.get(image)} already`);
    }
    specimens.set(image, specimen);
  }
  const images = names ?? Array.from({ length: count }, (_, row) => String(row));
  const missing = images.filter((image) => !specimens.has(image));
  if (missing.length > 0) {
    const which = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
    throw new RangeError(`${path}: no specimen for ${missing.length} of ${images.length} images: ${which}`);
  }
  return images.map((image) => specimens.get(image)!);
}

async function readLines(path: string): Promise<string[]> {
  try {
    const text = await readFile(path, 'utf8');
    return text.split(/\r?\n/).filter((line) => line.trim() !== '');
  } catch (error) {
    throw new RangeError(
      `can't read ${path} (${(error as NodeJS.ErrnoException).code}); give a file of image,specimen lines`,
      { cause: error },
    );
  }
}
