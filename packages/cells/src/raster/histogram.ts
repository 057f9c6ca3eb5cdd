/**
 * How many values there are of each whole level from 0 to 255.
 * @throws RangeError when there are none, or one has no level
 */
export function histogram256(values: ArrayLike<number>): Float64Array {
  if (values.length === 0) throw new RangeError('histogram: no values were given, expected one or more');
  const histogram = new Float64Array(256);
  if (values instanceof Uint8Array) {
    // Whole numbers are counted faster than fractions.
    const counts = new Int32Array(256);
    const others = new Int32Array(256);
    // Neighbours are often alike, and one counter after the other is faster than one twice.
    const even = values.length & ~1;
    for (let i = 0; i < even; i += 2) {
      counts[values[i]!]!++;
      others[values[i + 1]!]!++;
    }
    if (even < values.length) counts[values[even]!]!++;
    for (let level = 0; level < 256; level++) histogram[level] = counts[level]! + others[level]!;
    return histogram;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0 && value <= 255)) throw new RangeError(`histogram: value ${i} is ${value}, expected 0 to 255`);
    histogram[value]! += 1;
  }
  return histogram;
}
