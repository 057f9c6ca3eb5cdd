import type { ImageBatch } from './image-batch.js';

/** A physical length; `px` when the scale of the image is unknown. */
export interface Length {
  readonly value: number;
  readonly unit: 'nm' | 'um' | 'mm' | 'px';
}

/** Images, a batch at a time. Iterating anew starts over and gives the same images in the same order. */
export interface ImageSource extends AsyncIterable<ImageBatch> {
  /** What the source is, for results and messages: a folder, `foam:pristine?n=500&seed=1`, … */
  readonly id: string;
  readonly count?: number;
  /** One label an image, in order. */
  readonly labels?: readonly string[];
  /** The side of one pixel. */
  readonly pixelSize?: Length;
}
