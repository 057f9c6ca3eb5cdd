import type { AnalysedImage } from './analyse-image.js';

/**
 * Averages over images need lengths of one unit.
 * @throws Error in one line that names an image of each unit
 */
export function requireOneUnit(set: string, images: readonly AnalysedImage[]): void {
  const units = new Map(images.map(({ file, measurement }) => [measurement.image.unit, file]));
  const [one, other] = [...units];
  if (!one || !other) return;
  const told = [one, other].map(([unit, file]) =>
    unit === 'px' ? `${file} has no pixel size` : `${file} has one in ${unit}`,
  );
  throw new Error(`${set}: ${told.join(', ')}: give one for all with --pixel-size, or measure them apart`);
}
