import { decode } from 'tiff';

/** A page of a TIFF: its fields, and its samples where they were asked for. */
export type TiffPage = ReturnType<typeof decode>[number];

/**
 * Reads the first page of a TIFF (TIFF 6.0).
 * @throws Error when it can't be read
 */
export function readTiff(bytes: Uint8Array, { pixels }: { readonly pixels: boolean }): TiffPage {
  // The decoder stops behind the last page that is asked for.
  const [page] = decode(bytes, { pages: [0], ignoreImageData: !pixels });
  if (!page) throw new Error('it holds no page');
  return page;
}
