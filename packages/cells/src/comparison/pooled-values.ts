/** Values of images in one order, so that sets drawn from these images are compared without sorting anew. */
export class PooledValues {
  readonly #values: Float64Array;
  /** The image of each value. */
  readonly #images: Int32Array;

  /** @param images the values of each image */
  constructor(images: readonly (readonly number[])[]) {
    const pairs = images.flatMap((values, image) => values.map((value) => [value, image] as const));
    pairs.sort(([a], [b]) => a - b);
    this.#values = Float64Array.from(pairs, ([value]) => value);
    this.#images = Int32Array.from(pairs, ([, image]) => image);
  }

  /**
   * Wasserstein-1 distance of two sets of these images, all values of a set pooled.
   * @param x how often each image is in the first set
   * @param y how often in the second
   */
  wasserstein1(x: Int32Array, y: Int32Array): number {
    const [values, images] = [this.#values, this.#images];
    let [ofX, ofY] = [0, 0];
    for (let k = 0; k < images.length; k++) {
      ofX += x[images[k]!]!;
      ofY += y[images[k]!]!;
    }
    let [i, j, sum] = [0, 0, 0];
    for (let k = 0; k + 1 < values.length; k++) {
      i += x[images[k]!]!;
      j += y[images[k]!]!;
      sum += Math.abs(i / ofX - j / ofY) * (values[k + 1]! - values[k]!);
    }
    return sum;
  }
}
