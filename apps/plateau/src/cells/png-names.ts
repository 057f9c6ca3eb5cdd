/**
 * Names of PNG files for image files: the image's own with `.png`, or with its whole name before that where two images
 * differ by their ending only.
 * @example pngNames()('a/foam.tif') // => 'a/foam.png'
 */
export function pngNames(): (file: string) => string {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  return (file) => {
    const known = names.get(file);
    if (known !== undefined) return known;
    const short = `${file.replace(/\.(png|apng|jpe?g|jpe|jfif|tiff?)$/i, '')}.png`;
    const name = taken.has(short) ? `${file}.png` : short;
    names.set(file, name);
    taken.add(name);
    return name;
  };
}
