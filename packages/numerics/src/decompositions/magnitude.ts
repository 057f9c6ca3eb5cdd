/** The largest absolute value of a matrix, by which it is scaled so that squares neither overflow nor vanish. */
export function largestMagnitude(data: Float32Array | Float64Array): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const magnitude = Math.abs(data[i]);
    if (!(magnitude <= largest)) largest = magnitude;
    if (Number.isNaN(magnitude) || magnitude === Infinity) {
      throw new RangeError(`element ${i} is ${data[i]}: a decomposition needs finite elements`);
    }
  }
  return largest;
}
