import type { Mask } from '@plateau/cells';

/** A mask drawn with # and anything else. */
export function drawn(rows: readonly string[]): Mask {
  const data = Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0));
  return { data, width: rows[0]!.length, height: rows.length };
}

/** A mask of the pixels for which `test` holds. */
export function maskOf(width: number, height: number, test: (x: number, y: number) => boolean): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, i) => (test(i % width, Math.floor(i / width)) ? 1 : 0));
  return { data, width, height };
}
