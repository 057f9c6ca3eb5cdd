import type { CellShape, Plane } from './cell-shape.js';
import { createNoiseField, type NoiseField } from './noise-field.js';
import type { Random } from './random.js';
import { smoothMinimum } from './smooth-minimum.js';

/** How a layer of cells is drawn; lengths in pixels. */
export interface LayerOptions {
  /** Side of the image. */
  readonly size: number;
  readonly edgeBrightness: number;
  /** Over which Plateau borders round off the cells' corners. */
  readonly borderRadius: number;
  /** Width of the frame that a face keeps around its window. */
  readonly windowFrame: number;
  /** Depth at which light has fallen by half. */
  readonly lightDepth: number;
  /** Size of the grain of rough walls. */
  readonly grain: number;
  readonly roughness: number;
  readonly wrinkles: number;
}

/** A layer of cells, as seen. */
export interface Layer {
  readonly brightness: Float32Array;
  /** How much of a pixel shows what lies behind, 0 to 1. */
  readonly opening: Float32Array;
  /** 0 on walls, index + 1 of the shape in cells. */
  readonly cells: Int32Array;
  /** Where a pixel's middle shows an open window: the index of the shape's face, plus 1; 0 elsewhere. */
  readonly windows: Uint8Array;
}

/**
 * Draws the cells of one layer, each over the pixels of its own outline.
 * @param isVisible where anything of the layer can be seen; everywhere when undefined
 */
export function renderLayer(
  shapes: readonly CellShape[],
  options: LayerOptions,
  random: Random,
  isVisible?: Float32Array,
): Layer {
  const { size } = options;
  const layer: Layer = {
    brightness: new Float32Array(size * size),
    opening: new Float32Array(size * size),
    cells: new Int32Array(size * size),
    windows: new Uint8Array(size * size),
  };
  const noise = createNoiseField(random);
  shapes.forEach((shape, i) => drawCell(layer, shape, i, options, noise, isVisible));
  return layer;
}

function drawCell(
  layer: Layer,
  shape: CellShape,
  index: number,
  options: LayerOptions,
  noise: NoiseField,
  isVisible: Float32Array | undefined,
): void {
  const { size, borderRadius } = options;
  const { edges, corners } = shape;
  const planes = packPlanes(edges);
  const shade = createShader(shape, index, options, noise);
  const [top, bottom] = rowsOf(corners, size);
  for (let row = top; row < bottom; row++) {
    const y = row + 0.5;
    const [left, right] = spanOf(shape, y, size);
    for (let column = left; column < right; column++) {
      const pixel = row * size + column;
      if (isVisible && isVisible[pixel] === 0) continue;
      const x = column + 0.5;
      let least = Infinity;
      let second = Infinity;
      for (let k = 0; k < planes.length; k += 3) {
        const distance = planes[k]! * x + planes[k + 1]! * y + planes[k + 2]!;
        if (distance < least) {
          second = least;
          least = distance;
        } else if (distance < second) second = distance;
      }
      // Distance into the cell from its rounded rim; below 0 in the wall.
      const rim = smoothMinimum(least, second, borderRadius);
      if (rim >= 0) layer.cells[pixel] = index + 1;
      shade(layer, pixel, x, y, rim);
    }
  }
}

/** Fills in brightness, opening and window of one pixel of a cell. */
type Shader = (layer: Layer, pixel: number, x: number, y: number, rim: number) => void;

function createShader(
  { faces, radius, x: middleX, y: middleY }: CellShape,
  index: number,
  { edgeBrightness, borderRadius, windowFrame, lightDepth, grain, roughness, wrinkles }: LayerOptions,
  noise: NoiseField,
): Shader {
  const count = faces.length;
  const planes = packPlanes(faces);
  const depths = new Float64Array(count);
  const perSlope = inverseSlopes(faces);
  const ridgeWidth = 0.45 * windowFrame + 0.35;

  return (layer, pixel, x, y, rim) => {
    const rough = roughness * (noise(x / grain, y / grain) + 0.6 * noise((2.3 * x) / grain + 31, (2.3 * y) / grain));
    const coverage = step(rim);
    let inside = 0;
    if (coverage > 0) {
      let face = 0;
      let own = Infinity;
      for (let k = 0; k < count; k++) {
        const value = planes[3 * k]! * x + planes[3 * k + 1]! * y + planes[3 * k + 2]!;
        depths[k] = value;
        if (value < own) {
          own = value;
          face = k;
        }
      }
      let least = Infinity;
      let second = Infinity;
      for (let k = 0; k < count; k++) {
        if (k === face) continue;
        const gap = (depths[k]! - own) * perSlope[face * count + k]!;
        if (gap < least) {
          second = least;
          least = gap;
        } else if (gap < second) second = gap;
      }
      const ridge = smoothMinimum(least, second, 0.8 * borderRadius);
      const { brightness, isOpen } = faces[face]!;
      const depth = Math.max(own, 0) / lightDepth;
      const light = 1 / (1 + depth * depth);
      const onRidge = bell(ridge / ridgeWidth);
      const bulge = 0.25 * Math.min(Math.max(ridge, 0) / radius, 0.6);
      const crease =
        wrinkles > 0 ? wrinkles * wrinkle(noise, x - middleX, y - middleY, index + 0.37 * face, radius) : 0;
      inside = brightness * (1 - bulge + 0.5 * rough + crease) * light;
      inside += onRidge * light * (0.62 * edgeBrightness - brightness) * 0.7;
      const frame = Math.min(ridge, rim) - windowFrame;
      if (isOpen) {
        // The thin edge of a membrane lets many electrons out.
        inside += 0.3 * edgeBrightness * light * bell(frame / 0.7);
        layer.opening[pixel] = step(frame) * coverage;
        if (frame >= 0 && rim >= 0) layer.windows[pixel] = face + 1;
      }
    }
    // So do the edges of walls, less so their middle.
    const wallEdge = 1 / (1 + (rim * rim) / 1.2);
    const wall = edgeBrightness * (0.7 + 0.3 * wallEdge + 0.55 * rough);
    layer.brightness[pixel] = inside * coverage + wall * (1 - coverage);
  };
}

/** The planes as numbers side by side, which the loops over pixels read fastest. */
function packPlanes(planes: readonly Plane[]): Float64Array {
  const packed = new Float64Array(3 * planes.length);
  planes.forEach(({ gx, gy, offset }, k) => packed.set([gx, gy, offset], 3 * k));
  return packed;
}

/** For each pair of faces one over the difference of their slopes: depth difference becomes distance to the ridge. */
function inverseSlopes(faces: CellShape['faces']): Float64Array {
  const inverse = new Float64Array(faces.length ** 2);
  faces.forEach((a, i) => {
    faces.forEach((b, j) => {
      const slope = Math.sqrt((a.gx - b.gx) ** 2 + (a.gy - b.gy) ** 2);
      inverse[i * faces.length + j] = slope > 0 ? 1 / slope : 0;
    });
  });
  return inverse;
}

/** Creases of a crumpled membrane: thin bright crests of a stretched noise field, another for each face. */
function wrinkle(noise: NoiseField, x: number, y: number, key: number, radius: number): number {
  const turn = key * 2.4;
  const u = (Math.cos(turn) * x + Math.sin(turn) * y) / radius;
  const v = (Math.cos(turn) * y - Math.sin(turn) * x) / radius;
  const crest = 1 - Math.abs(noise(4.2 * u + 7 * key, 1.7 * v + 3 * key)) * 2.5;
  return crest > 0 ? crest * crest - 0.15 : -0.15;
}

function rowsOf(corners: readonly number[], size: number): [from: number, to: number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (let k = 1; k < corners.length; k += 2) {
    least = Math.min(least, corners[k]!);
    greatest = Math.max(greatest, corners[k]!);
  }
  return [Math.max(0, Math.ceil(least - 0.5)), Math.min(size, Math.floor(greatest - 0.5) + 1)];
}

/** The pixels of a row whose middles lie in the outline. */
function spanOf({ edges }: CellShape, y: number, size: number): [from: number, to: number] {
  let left = 0.5;
  let right = size - 0.5;
  for (const { gx, gy, offset, width } of edges) {
    const rest = gy * y + offset + width / 2;
    if (gx > 0) left = Math.max(left, -rest / gx);
    else if (gx < 0) right = Math.min(right, -rest / gx);
    else if (rest < 0) return [0, 0];
  }
  return [Math.ceil(left - 0.5), Math.floor(right - 0.5) + 1];
}

/** 1 at 0, falling off steeply beyond ±1. */
function bell(t: number): number {
  const square = t * t;
  return 1 / (1 + square * square);
}

/** 0 to 1 over a pixel around 0, for smooth outlines. */
function step(distance: number): number {
  const t = Math.min(Math.max(distance / 1.2 + 0.5, 0), 1);
  return t * t * (3 - 2 * t);
}
