import { doubled } from '../raster/doubled.js';
import { halved } from '../raster/halved.js';
import type { Raster } from '../raster/raster.js';
import { standardise } from './standardise.js';
import { turnBack, turned, type Symmetry } from './symmetries.js';
import type { WallNetwork } from './wall-network.js';

/** How a network is applied. */
export interface PredictOptions {
  /** Whether it was trained on images of half the size; false by default. */
  readonly halve?: boolean;
  /** Greatest side of a tile, 32 or more; 320 by default. */
  readonly tile?: number;
  /** Pixels by which tiles overlap, blended linearly; 32 by default. */
  readonly overlap?: number;
  /** Turns and mirror images whose mean is taken, 1 to 8: better, and as many times slower; 1 by default. */
  readonly symmetries?: number;
}

/** Sides of tiles are multiples of this: four levels of a U-Net. */
const STEP = 16;

/**
 * The probability of wall at each pixel by a trained network, in overlapping tiles of even size, so that an image of any size
 * fits in memory. Beyond the border the image is mirrored.
 * @throws RangeError when tiles do not overlap by less than half
 */
export async function predictWalls(
  network: WallNetwork,
  image: Raster<ArrayLike<number>>,
  { halve = false, tile = 320, overlap = 32, symmetries = 1 }: PredictOptions = {},
): Promise<Raster> {
  if (!(tile >= 2 * STEP && overlap >= 0 && 2 * overlap < tile)) {
    throw new RangeError(
      `predictWalls: tiles of ${tile} overlap by ${overlap}, expected ${2 * STEP} or more, and less than half`,
    );
  }
  const seen = halve ? standardise(halved(standardise(image))) : standardise(image);
  const { width, height } = seen;
  const [across, down] = [layTiles(width, tile, overlap), layTiles(height, tile, overlap)];
  const sums = new Float32Array(width * height);
  const weights = new Float32Array(sums.length);
  for (const top of down.starts) {
    for (const left of across.starts) {
      const part = { data: cut(seen, left, top, across.side, down.side), width: across.side, height: down.side };
      const wall = await meanProbability(network, part, symmetries);
      for (let v = 0; v < part.height && top + v < height; v++) {
        for (let u = 0; u < part.width && left + u < width; u++) {
          const weight = Math.min(u + 1, part.width - u, overlap + 1) * Math.min(v + 1, part.height - v, overlap + 1);
          const i = (top + v) * width + left + u;
          sums[i]! += weight * wall[v * part.width + u]!;
          weights[i]! += weight;
        }
      }
    }
  }
  const probability = { data: sums.map((sum, i) => sum / weights[i]!), width, height };
  return halve ? fitted(doubled(probability), image) : probability;
}

async function meanProbability(network: WallNetwork, tile: Raster, symmetries: number): Promise<Float32Array> {
  const sum = new Float32Array(tile.data.length);
  for (let symmetry = 0; symmetry < symmetries; symmetry++) {
    const { data, ...size } = turned(tile, symmetry as Symmetry);
    const logits = await network(data, size);
    const back = turnBack({ data: logits, ...size }, symmetry as Symmetry).data;
    for (let i = 0; i < sum.length; i++) sum[i]! += 1 / (1 + Math.exp(-back[i]!)) / symmetries;
  }
  return sum;
}

/** As few tiles as reach over a length, all of one side. */
function layTiles(length: number, most: number, overlap: number): { starts: number[]; side: number } {
  const greatest = STEP * Math.floor(most / STEP);
  const count = Math.max(1, Math.ceil((length - overlap) / (greatest - overlap)));
  const side = STEP * Math.ceil((length + (count - 1) * overlap) / count / STEP);
  const starts = Array.from({ length: count }, (_, k) =>
    count === 1 ? 0 : Math.round((k * (length - side)) / (count - 1)),
  );
  return { starts, side };
}

function cut({ data, width, height }: Raster, left: number, top: number, w: number, h: number): Float32Array {
  const result = new Float32Array(w * h);
  for (let v = 0; v < h; v++) {
    const row = mirror(top + v, height) * width;
    for (let u = 0; u < w; u++) result[v * w + u] = data[row + mirror(left + u, width)]!;
  }
  return result;
}

function mirror(i: number, length: number): number {
  const k = i % (2 * length);
  return k < length ? k : 2 * length - 1 - k;
}

/** An odd last row or column, which halving leaves out, repeats the one before it. */
function fitted(raster: Raster, { width, height }: { readonly width: number; readonly height: number }): Raster {
  if (raster.width === width && raster.height === height) return raster;
  const data = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(y, raster.height - 1) * raster.width;
    for (let x = 0; x < width; x++, i++) data[i] = raster.data[row + Math.min(x, raster.width - 1)]!;
  }
  return { data, width, height };
}
