import type { SkippedImage } from '@plateau/images';
import { warnOnStderr } from './warn.js';

/**
 * Warns of the images of a set that `--skip-bad` left out, the first three named.
 * @param of images that the set has, these among them
 */
export function warnOfSkipped(set: string, skipped: readonly SkippedImage[], of: number): void {
  if (skipped.length === 0) return;
  const names = skipped.slice(0, 3).map(({ path }) => path);
  const more = skipped.length > 3 ? ', …' : '';
  warnOnStderr(`${set}: left out ${skipped.length} of ${of} images, which can't be read: ${names.join(', ')}${more}`);
}
