import type { FeatureExtractor } from '@plateau/features';
import type { ImageBatch } from '@plateau/images';

/** An extractor without a network, for tests of what is around it: the pixels of the image, scaled to [0, 1]. */
export function pixelExtractor(pixels: number): FeatureExtractor & { readonly disposed: boolean } {
  let disposed = false;
  return {
    id: 'pixels',
    layer: 'input',
    dimension: pixels,
    weightsSha256: '0'.repeat(64),
    resize: 'none',
    engine: 'none',
    get disposed() {
      return disposed;
    },
    extract: ({ data, count, range: [black, white] }: ImageBatch) =>
      Promise.resolve({
        data: Float32Array.from(data, (value) => (value - black) / (white - black)),
        rows: count,
        cols: pixels,
      }),
    dispose() {
      disposed = true;
    },
  };
}
