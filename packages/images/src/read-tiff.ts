import { decode } from 'tiff';

/** A page of a TIFF: its fields, and its samples where they were asked for. */
export type TiffPage = ReturnType<typeof decode>[number];

/**
 * Reads the first page of a TIFF (TIFF 6.0).
 * @throws Error when it can't be read
 */
export function readTiff(bytes: Uint8Array, { pixels }: { readonly pixels: boolean }): TiffPage {
  // The decoder stops behind the last page that is asked for.
  return firstOf(decode(bytes, { pages: [0], ignoreImageData: !pixels }));
}

const SUBFILE_TYPE = 254;
// Bits of that field: a smaller copy of another page, and a mask of one.
const NO_IMAGE = 1 | 4;

/**
 * Reads the fields of all pages.
 * @returns those of the first, and how many pages are images of its size: thumbnails and masks are none
 * @throws Error when they can't be read
 */
export function readTiffFields(bytes: Uint8Array): { readonly page: TiffPage; readonly images: number } {
  const pages = decode(bytes, { ignoreImageData: true });
  const page = firstOf(pages);
  const isImage = ({ fields, width, height }: TiffPage): boolean =>
    (Number(fields.get(SUBFILE_TYPE) ?? 0) & NO_IMAGE) === 0 && width === page.width && height === page.height;
  return { page, images: pages.filter(isImage).length };
}

function firstOf([page]: TiffPage[]): TiffPage {
  if (!page) throw new Error('it holds no page');
  return page;
}
