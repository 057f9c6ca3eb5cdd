import type { Layout } from '../engines/engine.js';
import type { PixelScaling } from '../network/network.js';

/**
 * Pixels in [0, 255] as a network of three channels reads them: scaled, grey repeated three times, in the engine's layout.
 * @param pixels count×height×width×channels
 * @param options.into where the result goes when it is as long: memory that the system need not clear again
 */
export function scalePixels(
  pixels: Float32Array,
  options: { count: number; channels: 1 | 3; layout: Layout; scaling: PixelScaling; into?: Float32Array },
): Float32Array {
  const { count, channels, layout, scaling, into } = options;
  const size = pixels.length / (count * channels);
  const result = into?.length === count * size * 3 ? into : new Float32Array(count * size * 3);
  const [pixelStep, channelStep] = layout === 'NCHW' ? [1, size] : [3, 1];
  const repeats =
    channels === 1 && layout === 'NCHW' && typeof scaling.divide === 'number' && typeof scaling.subtract === 'number';
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < 3; channel++) {
      if (repeats && channel > 0) {
        const plane = image * size * 3;
        result.copyWithin(plane + channel * size, plane, plane + size);
        continue;
      }
      const factor = 1 / ofChannel(scaling.divide, channel);
      const offset = -ofChannel(scaling.subtract, channel) * factor;
      let from = image * size * channels + (channels === 1 ? 0 : channel);
      let to = image * size * 3 + channel * channelStep;
      for (let pixel = 0; pixel < size; pixel++, from += channels, to += pixelStep) {
        result[to] = pixels[from]! * factor + offset;
      }
    }
  }
  return result;
}

function ofChannel(value: number | readonly number[], channel: number): number {
  return typeof value === 'number' ? value : value[channel]!;
}
