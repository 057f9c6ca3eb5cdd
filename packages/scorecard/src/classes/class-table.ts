import { formatValue } from '../format-value.js';
import type { ClassComparison } from './compare-classes.js';

const HEAD = [
  'class',
  'n ref',
  'n gen',
  'same ref',
  'same gen',
  'diff ref',
  'diff gen',
  'FID',
  'Vendi ref',
  'Vendi gen',
];

/**
 * A comparison by class as rows of text, the heading first: counts, distances to reference images of the same and of different
 * classes, Fréchet distance, Vendi score; `–` where a class has no images to compare.
 */
export function classTable({ classes }: ClassComparison): string[][] {
  const value = (number: number | undefined) => (number === undefined ? '–' : formatValue(number));
  const rows = classes.map(({ label, images, same, different, fid, vendi }) => [
    label,
    String(images.reference),
    String(images.generated),
    value(same.reference),
    value(same.generated),
    value(different.reference),
    value(different.generated),
    value(fid),
    value(vendi?.reference),
    value(vendi?.generated),
  ]);
  return [HEAD, ...rows];
}
