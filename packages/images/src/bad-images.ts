/** A file that was left out, and why. */
export interface SkippedImage {
  /** Relative to the folder. */
  readonly path: string;
  readonly reason: string;
}

const mostNamed = 3;

/**
 * One line that counts the files that can't be read, names the first three with the reason, and says what to do.
 * @example describeBadImages('set', [{ path: 'a.png', reason: 'the file has zero bytes' }], 40)
 * // => '1 of 40 images in set can't be read: a.png (the file has zero bytes); repair or remove …'
 */
export function describeBadImages(folder: string, bad: readonly SkippedImage[], of: number): string {
  const named = bad.slice(0, mostNamed).map(({ path, reason }) => `${path} (${reason})`);
  if (bad.length > mostNamed) named.push(`and ${bad.length - mostNamed} more`);
  const remedy =
    bad.length === of
      ? 'repair them'
      : `repair or remove ${bad.length > 1 ? 'them' : 'it'}, or skip with skipBad (--skip-bad)`;
  return `${bad.length} of ${of} images in ${folder} can't be read: ${named.join(', ')}; ${remedy}`;
}
