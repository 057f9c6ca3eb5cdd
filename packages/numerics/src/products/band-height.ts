/** Elements of a band: 32 MB of float64. */
const BAND_ELEMENTS = 4_194_304;

/** How many rows of `width` elements a band of a large result takes, at least one. */
export function bandHeight(width: number): number {
  return Math.max(1, Math.floor(BAND_ELEMENTS / Math.max(1, width)));
}
