/** What the demo trainers' networks are built for. */
export interface NetworkOptions {
  /** Side of the square images in pixels, a multiple of 8: 64 (the default), 128, … */
  readonly size?: number;
  /** 1 (grey, the default) or 3. */
  readonly channels?: 1 | 3;
  /** Length of a latent vector. */
  readonly latentDim?: number;
  /** Filters of the layer next to the image; each deeper layer has twice as many. Default 16. */
  readonly width?: number;
}

/** {@link NetworkOptions} with every default filled in. */
export interface NetworkShape extends Required<NetworkOptions> {
  /** How often the networks halve the image: 3 times at 64, 4 at 128, so that the smallest maps stay about 8×8. */
  readonly halvings: number;
}

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
  return { ...shape, halvings: halvingsOf(shape.size) };
}

function halvingsOf(size: number): number {
  let halvings = 3;
  while (size % 2 ** (halvings + 1) === 0 && size / 2 ** halvings >= 16) halvings++;
  return halvings;
}

function definedOnly(options: NetworkOptions): NetworkOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
