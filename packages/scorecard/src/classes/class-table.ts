import { formatValue } from '../format-value.js';
import type { ClassComparison } from './compare-classes.js';

const HEAD = [
  'class',
  'images, reference',
  'images, generated',
  'same, reference',
  'same, generated',
  'different, reference',
  'different, generated',
  'FID',
  'Vendi, reference',
  'Vendi, generated',
];

/** A comparison by class as rows of text, the heading first; `–` where a class has no images to compare. */
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
