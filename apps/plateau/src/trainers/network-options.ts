/** What the demo trainers' networks are built for. */
export interface NetworkOptions {
  /** Side of the square images in pixels, a multiple of 8. Default 64. */
  readonly size?: number;
  /** 1 (grey, the default) or 3. */
  readonly channels?: 1 | 3;
  /** Length of a latent vector. */
  readonly latentDim?: number;
  /** Filters of the layer next to the image; deeper layers have two and four times as many. Default 16. */
  readonly width?: number;
}

/** {@link NetworkOptions} with every default filled in. */
export type NetworkShape = Required<NetworkOptions>;

/**
 * Fills in the defaults.
 * @throws RangeError for a size that three halvings don't divide, and for counts that are not positive integers
 */
export function networkShape(options: NetworkOptions, defaults: { readonly latentDim: number }): NetworkShape {
  const shape = { size: 64, channels: 1 as const, width: 16, ...defaults, ...definedOnly(options) };
  for (const name of ['size', 'latentDim', 'width'] as const) {
    if (!Number.isInteger(shape[name]) || shape[name] < 1) {
      throw new RangeError(`got ${name} ${shape[name]}, expected a positive integer`);
    }
  }
  if (shape.size % 8 !== 0) {
    throw new RangeError(`got size ${shape.size}, expected a multiple of 8: the networks halve the image three times`);
  }
  return shape;
}

function definedOnly(options: NetworkOptions): NetworkOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
