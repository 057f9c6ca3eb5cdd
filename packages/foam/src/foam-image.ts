import type { ImageBatch } from '@plateau/images';
import { cellLayer } from './cell-layer.js';
import { composeLayers, detect } from './detector.js';
import type { FoamClass } from './foam-classes.js';
import { checkFoamOptions, type FoamImageOptions } from './foam-options.js';
import { truthOf, type FoamTruth } from './foam-truth.js';
import { strewParticles } from './particles.js';
import { createRandom, type Random } from './random.js';
import { renderLayer, type Layer } from './render-layer.js';

/** A micrograph and what is in it. */
export interface FoamImage {
  /** A batch of one grey 8-bit image. */
  readonly image: ImageBatch;
  readonly truth: FoamTruth;
}

const layerCount = 3;
// Each layer is seen from further away than the one before.
const recession = 0.9;

/**
 * A synthetic scanning-electron micrograph of a cut foam, and the exact truth about it.
 *
 * The cut shows relaxed Laguerre cells; behind each lies a polyhedral cavity whose open windows show two more layers. The
 * truth is of the front layer's geometry: particles, defocus and noise lie on top of it and change nothing in it. The
 * same options give the same image, whichever were made before.
 * @throws RangeError when there is no such class, or seed, index, size or pixelSize can't be
 * @example foamImage({ className: 'pristine', seed: 1, size: 64 }).truth.cellCount // => 10
 */
export function foamImage(options: FoamImageOptions): FoamImage {
  const { kind, seed, index, size, micrometres } = checkFoamOptions(options);
  const random = (purpose: string): Random => createRandom(seed, kind.name, index, purpose);
  const own = individual(kind, random('individual'));
  const angle = random('light').between(0, 2 * Math.PI);
  const light = [Math.cos(angle), Math.sin(angle)] as const;
  const scale = 1 / micrometres;

  const front = cellLayer(own, { size, scale, light }, random('cells 0'));
  const layers = [drawLayer(front, own, size, scale, random('texture 0'))];
  const truth = truthOf(front, layers[0]!, size, micrometres);
  if (own.particles) {
    const cellArea = (Math.PI / 4) * (own.cellDiameter * scale) ** 2;
    strewParticles(layers[0]!, own.particles, { size, scale, cellArea, light }, random('particles'));
  }
  for (let depth = 1; depth < layerCount; depth++) {
    const away = scale * recession ** depth;
    const shapes = cellLayer(own, { size, scale: away, light }, random(`cells ${depth}`));
    layers.push(drawLayer(shapes, own, size, away, random(`texture ${depth}`), layers[depth - 1]!.opening));
  }
  const data = detect(composeLayers(layers, size), { size, defocus: 1, noise: 0.035 }, random('detector'));
  return { image: { data, count: 1, height: size, width: size, channels: 1, range: [0, 255] }, truth };
}

/** No two samples of a foam are quite alike. */
function individual(kind: FoamClass, random: Random): FoamClass {
  const vary = (value: number, by: number): number => value * Math.exp(by * random.normal());
  return {
    ...kind,
    cellDiameter: vary(kind.cellDiameter, 0.06),
    wallWidth: vary(kind.wallWidth, 0.07),
    openness: Math.min(vary(kind.openness, 0.12), 1),
    faceBrightness: vary(kind.faceBrightness, 0.05),
    edgeBrightness: vary(kind.edgeBrightness, 0.02),
  };
}

function drawLayer(
  shapes: Parameters<typeof renderLayer>[0],
  kind: FoamClass,
  size: number,
  scale: number,
  random: Random,
  isVisible?: Float32Array,
): Layer {
  const radius = 0.5 * kind.cellDiameter * scale;
  const { edgeBrightness, roughness, wrinkles } = kind;
  const options = {
    size,
    edgeBrightness,
    roughness,
    wrinkles,
    borderRadius: 0.4 * radius,
    windowFrame: Math.max(0.6, 0.07 * radius),
    lightDepth: 0.95 * radius,
    grain: Math.max(1.5, 16 * scale),
  };
  return renderLayer(shapes, options, random, isVisible);
}
