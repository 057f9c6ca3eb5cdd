import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  boundaryWeights,
  cellsFromProbability,
  classifyPixels,
  createUNet,
  gaussianBlur,
  growForest,
  labelComponents,
  predictWalls,
  standardise,
  trainPixelClassifier,
  trainUNet,
  wallNetworkOf,
  type Mask,
  type Raster,
  type TileSize,
} from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import { beforeAll, describe, expect, it } from 'vitest';
import { centreThreshold } from '../src/learned/centre-threshold.js';
import { maskOf } from './raster.js';

/** Square cells of 16 px with walls of 3 px, dark on grey, under noise. */
function grid(seed: number, size = 64): { image: Raster; walls: Mask } {
  const walls = maskOf(size, size, (x, y) => (x + seed * 5) % 16 < 3 || (y + seed * 3) % 16 < 3);
  const noise = new RandomState(seed).randn(size * size);
  const data = Float32Array.from(walls.data, (wall, i) => (wall ? 90 : 150) + 20 * noise[i]!);
  return { image: { ...walls, data }, walls };
}

function agreement(probability: Raster, { data }: Mask): number {
  return data.reduce((sum, wall, i) => sum + (wall === (probability.data[i]! > 0.5 ? 1 : 0) ? 1 : 0), 0) / data.length;
}

describe('the pixel classifier', () => {
  it('learns walls from a few scribbles on one image and finds them in another', () => {
    const { image, walls } = grid(1);
    const isDrawn = new RandomState(9).randn(64 * 64);
    const scribbles = { ...walls, data: walls.data.map((wall, i) => (isDrawn[i]! > 1 ? wall + 1 : 0)) };
    const forest = trainPixelClassifier([{ image, scribbles }]);
    const unseen = grid(2);
    expect(agreement(classifyPixels(forest, unseen.image), unseen.walls)).toBeGreaterThan(0.93);
    expect(JSON.parse(JSON.stringify(forest))).toEqual(forest);
  });

  it('refuses scribbles of one kind, and of another size', () => {
    const { image, walls } = grid(1);
    const only = { ...walls, data: walls.data.map(() => 1) };
    expect(() => trainPixelClassifier([{ image, scribbles: only }])).toThrow(/one class/);
    expect(() => trainPixelClassifier([{ image, scribbles: { data: [1], width: 1, height: 1 } }])).toThrow(
      /sizes differ/,
    );
  });

  it('a forest parts what a line parts', () => {
    const x = Float32Array.from(new RandomState(3).randn(400));
    const y = Uint8Array.from({ length: 200 }, (_, i) => (x[2 * i]! > 0 ? 1 : 0));
    const { trees } = growForest(x, y, 2, new RandomState(1), { trees: 5 });
    expect(trees).toHaveLength(5);
    expect(trees.every(({ feature }) => feature.includes(0))).toBe(true);
  });
});

describe('cellsFromProbability', () => {
  it('keeps cells apart over a short gap in a wall, and joins them where there is none', () => {
    const probability = (gap: number): Raster => {
      const data = new Float32Array(60 * 40);
      for (let y = 0; y < 40; y++) if (y < 20 - gap / 2 || y >= 20 + gap / 2) data.fill(0.95, y * 60 + 28, y * 60 + 31);
      return { data, width: 60, height: 40 };
    };
    expect(cellsFromProbability(probability(4)).labels.count).toBe(2);
    expect(cellsFromProbability(probability(40)).labels.count).toBe(1);
  });
});

describe('boundaryWeights', () => {
  it('balances walls and cells, and weighs pixels at walls more', () => {
    const walls = maskOf(30, 30, (x) => x === 15);
    const flat = boundaryWeights(walls, { boundary: 0 }).data;
    expect(flat.reduce((a, b) => a + b) / 900).toBeCloseTo(1, 5);
    const { data } = boundaryWeights(walls);
    expect(data[14]!).toBeGreaterThan(2 * data[2]!);
  });
});

describe('predictWalls', () => {
  // A network that says of each pixel what it sees: the prediction is the sigmoid of the standardised image.
  const mirror = async (tile: Float32Array): Promise<Float32Array> => tile;
  const { image } = grid(4, 90);

  it('puts tiles together without a seam, under all symmetries, for sides that no tile divides', async () => {
    const cut = { ...image, data: image.data.slice(0, 90 * 71), height: 71 };
    const wanted = standardise(cut).data.map((z) => 1 / (1 + Math.exp(-z)));
    const { data, width, height } = await predictWalls(mirror, cut, { tile: 48, overlap: 10, symmetries: 8 });
    expect([width, height]).toEqual([90, 71]);
    data.forEach((p, i) => expect(p).toBeCloseTo(wanted[i]!, 5));
  });

  it('gives tiles whose sides are multiples of 16, and few of them', async () => {
    const sizes: TileSize[] = [];
    const network = async (tile: Float32Array, size: TileSize): Promise<Float32Array> => {
      sizes.push(size);
      return tile;
    };
    const wide = { data: new Float32Array(512 * 300), width: 512, height: 300 };
    await predictWalls(network, wide);
    expect(sizes).toEqual([
      { width: 272, height: 304 },
      { width: 272, height: 304 },
    ]);
  });

  it('sees an image at half its size and enlarges what it finds', async () => {
    const smooth = gaussianBlur(image, 4);
    const { data } = await predictWalls(mirror, smooth, { halve: true });
    const direct = await predictWalls(mirror, smooth);
    const away = data.reduce((most, p, i) => Math.max(most, Math.abs(p - direct.data[i]!)), 0);
    expect(away).toBeLessThan(0.05);
    const odd = await predictWalls(mirror, { data: new Float32Array(35), width: 7, height: 5 }, { halve: true });
    expect([odd.width, odd.height]).toEqual([7, 5]);
  });
});

describe('the U-Net', () => {
  beforeAll(async () => {
    registerTrainingKernels(tf);
    await tf.setBackend('wasm');
  });

  it('learns walls on the wasm backend and finds them in an unseen image of another size', async () => {
    const losses: number[] = [];
    const model = await trainUNet(tf, [grid(1), grid(3)], {
      filters: 4,
      depth: 2,
      steps: 60,
      crop: 32,
      batchSize: 2,
      learningRate: 5e-3,
      onStep: (_, loss) => losses.push(loss),
    });
    expect(losses).toHaveLength(60);
    const unseen = grid(2, 80);
    const network = wallNetworkOf(tf, model);
    const probability = await predictWalls(network, unseen.image, { tile: 64, overlap: 16 });
    expect(agreement(probability, unseen.walls)).toBeGreaterThan(0.9);
    const turned = await predictWalls(network, unseen.image, { symmetries: 8 });
    expect(agreement(turned, unseen.walls)).toBeGreaterThan(0.9);
    // A bias that takes everything for wall is moved back.
    const last = model.layers.at(-1)!;
    const [kernel, bias] = last.getWeights();
    last.setWeights([kernel!, tf.add(bias!, 8)]);
    await centreThreshold(tf, model, [grid(1), grid(3)]);
    expect(agreement(await predictWalls(network, unseen.image), unseen.walls)).toBeGreaterThan(0.9);
    expect(cellsFromProbability(probability).labels.count).toBeGreaterThanOrEqual(16);
    expect(labelComponents(unseen.walls).count).toBeGreaterThan(0);
    model.dispose();
  });

  it('is the same for the same seed and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const run = async (): Promise<number[]> => {
      const losses: number[] = [];
      const options = { filters: 2, depth: 1, steps: 2, crop: 16, batchSize: 1 };
      const model = await trainUNet(tf, [grid(1)], { ...options, onStep: (_, loss) => losses.push(loss) });
      model.dispose();
      return losses;
    };
    expect(await run()).toEqual(await run());
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what cannot be trained on', async () => {
    await expect(trainUNet(tf, [])).rejects.toThrow(/no labelled image/);
    await expect(trainUNet(tf, [grid(1)], { crop: 128 })).rejects.toThrow(/64×64, smaller than a crop of 128/);
    await expect(trainUNet(tf, [grid(1)], { crop: 30 })).rejects.toThrow(/multiple of 8/);
    const { image, walls } = grid(1);
    const blank = { image, walls: { ...walls, data: new Uint8Array(walls.data.length) } };
    await expect(trainUNet(tf, [blank])).rejects.toThrow(/the masks hold no wall/);
    const network = wallNetworkOf(tf, createUNet(tf));
    await expect(predictWalls(network, image, { tile: 32, overlap: 16 })).rejects.toThrow(/less than half/);
  });
});
