import { createNoiseField } from './noise-field.js';
import type { Random } from './random.js';
import type { Layer } from './render-layer.js';

/** How the microscope sees the scene. */
export interface DetectorOptions {
  readonly size: number;
  /** Passes of a 1-2-1 blur over the whole image: defocus. */
  readonly defocus: number;
  /** Standard deviation of the noise at full brightness, as a share of it. */
  readonly noise: number;
}

// Light lost from one layer to the next behind it.
const dimming = 0.55;

/** The layers seen through one another, front first: what lies behind an opening is darker and out of focus. */
export function composeLayers(layers: readonly Layer[], size: number): Float32Array {
  let scene = new Float32Array(size * size);
  for (const { brightness, opening } of [...layers].reverse()) {
    const behind = blur(scene, size);
    const composed = new Float32Array(size * size);
    for (let i = 0; i < composed.length; i++) {
      composed[i] = brightness[i]! * (1 - opening[i]!) + dimming * behind[i]! * opening[i]!;
    }
    scene = composed;
  }
  return scene;
}

/** The grey levels that the detector gives for a scene of brightness 0 to 1. */
export function detect(scene: Float32Array, { size, defocus, noise }: DetectorOptions, random: Random): Uint8Array {
  let blurred = scene;
  for (let pass = 0; pass < defocus; pass++) blurred = blur(blurred, size);
  const gain = random.between(0.94, 1.06);
  const level = random.between(-0.02, 0.02);
  const [slopeX, slopeY] = [random.between(-0.12, 0.12), random.between(-0.12, 0.12)];
  const unevenness = createNoiseField(random);
  const grey = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    const line = 0.007 * random.normal();
    const v = y / size - 0.5;
    for (let x = 0; x < size; x++) {
      const u = x / size - 0.5;
      const light = 1 + slopeX * 2 * u + slopeY * 2 * v + 0.07 * unevenness(2.5 * u + 9, 2.5 * v + 9);
      const signal = Math.max(blurred[y * size + x]! * gain * light + level, 0.01);
      // Electrons are counted: the variance grows with the signal.
      const value = signal + line + noise * Math.sqrt(signal) * random.normal();
      grey[y * size + x] = Math.min(Math.max(255 * value + 0.5, 0), 255);
    }
  }
  return grey;
}

/** A 1-2-1 blur along both axes. */
function blur(image: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const across = new Float32Array(image.length);
  const result = new Float32Array(image.length);
  const last = size - 1;
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      across[i] = 0.5 * image[i]! + 0.25 * (image[x > 0 ? i - 1 : i]! + image[x < last ? i + 1 : i]!);
    }
  }
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      result[i] = 0.5 * across[i]! + 0.25 * (across[y > 0 ? i - size : i]! + across[y < last ? i + size : i]!);
    }
  }
  return result;
}
