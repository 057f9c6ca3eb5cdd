import type { ImageBatch } from '@plateau/images';
import type { Layout } from '../engines/engine.js';
import type { InputNode } from '../network/network.js';
import { prepareImages, type Preparation } from './prepare-images.js';
import { scalePixels } from './scale-pixels.js';

/** How images become what an engine reads. */
export interface InputPixelsOptions {
  readonly preparation: Preparation;
  readonly input: Pick<InputNode, 'height' | 'width' | 'scaling'>;
  readonly layout: Layout;
  /** Where the result may go. */
  readonly into?: Float32Array;
}

/** Images prepared and scaled: count×height×width×3 numbers in the engine's layout. */
export function inputPixels(batch: ImageBatch, { preparation, input, layout, into }: InputPixelsOptions): Float32Array {
  const { data, count, channels } = prepareImages(batch, preparation, input);
  return scalePixels(data, { count, channels, layout, scaling: input.scaling, ...(into && { into }) });
}
