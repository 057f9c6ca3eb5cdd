import { gaussianBlur, type LabelMap } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';

/** Bright walls on dark cells with a slope, defocus of 0.7 px and noise of 10 grey levels. */
export function plainCut({ data, width, height }: LabelMap): Uint8Array {
  const drawn = Float32Array.from(data, (label, i) => (label === 0 ? 180 : 80) + (30 * (i % width)) / width);
  const blurred = gaussianBlur({ data: drawn, width, height }, 0.7).data;
  const noise = new RandomState(5).randn(data.length);
  return Uint8Array.from(blurred, (value, i) => Math.min(Math.max(value + 10 * noise[i]!, 0), 255));
}
