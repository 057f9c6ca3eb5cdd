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
  const scene = new Float32Array(size * size);
  for (const { brightness, opening } of [...layers].reverse()) {
    // What is hidden was never drawn, so the frame of a window casts a soft shadow on what is seen through it.
    blur(scene, size);
    for (let i = 0; i < scene.length; i++) {
      scene[i] = brightness[i]! * (1 - opening[i]!) + dimming * scene[i]! * opening[i]!;
    }
  }
  return scene;
}

/** The grey levels that the detector gives for a scene of brightness 0 to 1. */
export function detect(scene: Float32Array, { size, defocus, noise }: DetectorOptions, random: Random): Uint8Array {
  const blurred = scene.slice();
  for (let pass = 0; pass < defocus; pass++) blur(blurred, size);
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

/** Blurs an image in place with weights 1-2-1 along both axes. */
function blur(image: Float32Array, size: number): void {
  blurLines(image, size, size, 1);
  blurLines(image, size, 1, size);
}

/** Each of `size` lines, whose samples lie `step` apart; lines start `stride` apart. */
function blurLines(image: Float32Array, size: number, stride: number, step: number): void {
  for (let line = 0; line < size; line++) {
    let i = line * stride;
    let before = image[i]!;
    for (let k = 1; k < size; k++, i += step) {
      const here = image[i]!;
      image[i] = 0.25 * (before + image[i + step]!) + 0.5 * here;
      before = here;
    }
    image[i] = 0.25 * before + 0.75 * image[i]!;
  }
}
