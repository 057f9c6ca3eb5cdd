import {
  applyWindow,
  cropImages,
  resizeBilinear,
  resizeClean,
  type CropMargins,
  type ImageBatch,
  type ImageSize,
  type ValueRange,
} from '@plateau/images';

/**
 * How images get the size that a network reads. `clean`: clean-fid's antialiased bicubic. `legacy-tensorflow`,
 * `legacy-pytorch`: the bilinear resizes of older FID code. `none`: they must have it.
 */
export type ResizeName = 'clean' | 'legacy-tensorflow' | 'legacy-pytorch' | 'none';

export const resizeNames: readonly ResizeName[] = ['clean', 'legacy-tensorflow', 'legacy-pytorch', 'none'];

/** What is done to images before a network scales them. */
export interface Preparation {
  readonly resize: ResizeName;
  /** Cut off before anything else. */
  readonly crop?: CropMargins;
  /** Values, in the images' own range, that become 0 and 255. */
  readonly window?: ValueRange;
}

/** Images as float32 in [0, 255] of the size asked for. */
export function prepareImages(
  batch: ImageBatch,
  { resize, crop, window }: Preparation,
  { height, width }: ImageSize,
): ImageBatch & { readonly data: Float32Array } {
  const cropped = crop ? cropImages(batch, crop) : batch;
  const images = window ? applyWindow(cropped, window) : cropped;
  switch (resize) {
    case 'clean':
      return resizeClean(images, { height, width });
    case 'legacy-tensorflow':
      return resizeBilinear(images, { height, width, positions: 'corners' });
    case 'legacy-pytorch':
      return resizeBilinear(images, { height, width, positions: 'centres' });
    case 'none':
      if (images.height !== height || images.width !== width) {
        throw new RangeError(
          `images are ${images.width}×${images.height}, the network reads ${width}×${height}: resize them, or choose another resize than 'none'`,
        );
      }
      return resizeBilinear(images, { height, width, positions: 'corners' });
  }
}

/** The preparation in one word, or a few, for results. */
export function describePreparation({ resize, crop, window }: Preparation): string {
  const { top = 0, right = 0, bottom = 0, left = 0 } = crop ?? {};
  return [resize, crop && `crop ${top} ${right} ${bottom} ${left}`, window && `window ${window.join('…')}`]
    .filter(Boolean)
    .join(', ');
}
