// Share of the pixels at one end of the scale above which an exposure has lost what was there.
const CLIPPED = 0.1;
// Drawn images and masks lie at both ends, or have few levels between: with less than this share between, nothing was lost.
const LEAST_BETWEEN = 0.2;

/**
 * Warns of an image that was exposed beyond the ends of its scale: rims that touch a clipped ground lose their contrast.
 * @param image grey levels of 0 to 255
 */
export function clippingWarnings(image: ArrayLike<number>): string[] {
  let [black, white] = [0, 0];
  for (let i = 0; i < image.length; i++) {
    black += Number(image[i]! <= 0);
    white += Number(image[i]! >= 255);
  }
  const limit = CLIPPED * image.length;
  if (image.length - black - white < LEAST_BETWEEN * image.length) return [];
  const told = (count: number, level: string): string[] =>
    count > limit
      ? [
          // In whole tenths, so that a set's warnings are few.
          `at least ${10 * Math.floor((10 * count) / image.length)} % of the pixels are ${level}, as in a clipped exposure: ` +
            'what differs there is lost; give the image as recorded, or expose it within the scale',
        ]
      : [];
  return [...told(black, 'at 0 (black)'), ...told(white, 'at 255 (white)')];
}
