// Trains the U-Net on 8 slices of isbi2012 beside the checkout and measures it on the other 7:
//   npx tsx --conditions=@plateau/source tools/measure-cells-learned.ts [steps]
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  cellsFromProbability,
  labelComponents,
  maskWhere,
  predictWalls,
  regionAreas,
  trainUNet,
  type LabelMap,
  type Mask,
  type Raster,
} from '@plateau/cells';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import { readAnnotated } from './cells/data-sets.js';

// Chosen on the slices that are trained on: the loss favours walls, and cells are large.
const reading = { threshold: 0.8, h: 8, mergeBelow: 0.7 };
const steps = Number(process.argv[2] ?? 220);
const slices = readAnnotated('isbi2012', 'image', ['label'])?.map(({ image, truth }) => ({
  image,
  walls: maskWhere(truth.label!, (value) => value < 128),
}));

if (!slices) console.log('isbi2012: skipped, shared/data/cells/isbi2012 is not beside the checkout');
else {
  registerTrainingKernels(tf);
  await tf.setBackend('wasm');
  const start = performance.now();
  // Membranes are about 5 px wide: half the resolution shows them and costs a quarter.
  const train = slices.slice(0, 8).map(({ image, walls }) => ({ image: halved(image), walls: halvedMask(walls) }));
  let running = NaN;
  const model = await trainUNet(tf, train, {
    steps,
    batchSize: 2,
    learningRate: 3e-3,
    onStep: (step, loss) => {
      running = step === 0 ? loss : 0.95 * running + 0.05 * loss;
      if (step % 25 === 24) console.log(`step ${step + 1}: loss ${running.toFixed(3)}, ${seconds(start)} s`);
    },
  });
  const rows: (ReturnType<typeof pixelScores> & { expected: number; found: number; rand: number })[] = [];
  for (const { image, walls } of slices.slice(8)) {
    const probability = doubled(await predictWalls(tf, model, halved(image)));
    const { labels } = cellsFromProbability(probability, reading);
    const found = maskWhere(probability, (p) => p > reading.threshold);
    const truth = cellsOf(walls);
    rows.push({
      expected: truth.count,
      found: labels.count,
      ...pixelScores(found, walls),
      rand: foregroundRand(labels, truth),
    });
  }
  for (const { expected, found, f1, accuracy, rand } of rows) {
    console.log(
      `${expected} cells, found ${found}, membrane F1 ${f1.toFixed(3)}, accuracy ${accuracy.toFixed(3)}, V-rand ${rand.toFixed(3)}`,
    );
  }
  const error = mean(rows.map((row) => Math.abs(row.found / row.expected - 1)));
  const [f1, accuracy, rand] = (['f1', 'accuracy', 'rand'] as const).map((key) =>
    mean(rows.map((row) => row[key])).toFixed(3),
  );
  console.log(
    `isbi2012: ${rows.length} slices, count error ${error.toFixed(3)}, membrane F1 ${f1}, accuracy ${accuracy}, V-rand ${rand}, ${seconds(start)} s`,
  );
}

function cellsOf(walls: Mask): LabelMap {
  const labels = labelComponents(
    maskWhere(walls, (value) => value === 0),
    { connectivity: 4 },
  );
  const areas = regionAreas(labels);
  const kept = maskWhere(labels, (label) => label > 0 && areas[label]! >= 30);
  return labelComponents(kept, { connectivity: 4 });
}

function pixelScores(found: Mask, truth: Mask): { f1: number; accuracy: number } {
  let [both, right, sum] = [0, 0, 0];
  found.data.forEach((value, i) => {
    if (value && truth.data[i]) both++;
    if (value === truth.data[i]) right++;
    sum += value + truth.data[i]!;
  });
  return { f1: (2 * both) / sum, accuracy: right / found.data.length };
}

/** V-rand with α = ½ (Arganda-Carreras et al. 2015) over the truth's cells, without thinning borders. */
function foregroundRand(found: LabelMap, truth: LabelMap): number {
  const [joint, a, b] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  const add = (map: Map<number, number>, key: number): void => void map.set(key, (map.get(key) ?? 0) + 1);
  truth.data.forEach((cell, i) => {
    if (cell === 0) return;
    const own = found.data[i]!;
    add(joint, cell * (found.count + 1) + own);
    add(a, cell);
    add(b, own);
  });
  const squares = (map: Map<number, number>): number => [...map.values()].reduce((sum, n) => sum + n * n, 0);
  return squares(joint) / (0.5 * squares(a) + 0.5 * squares(b));
}

function halved({ data, width, height }: Raster<Uint8Array>): Raster {
  const [w, h] = [width >> 1, height >> 1];
  const at = (x: number, y: number): number => data[y * width + x]!;
  const result = Float32Array.from({ length: w * h }, (_, i) => {
    const [x, y] = [2 * (i % w), 2 * Math.floor(i / w)];
    return (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4;
  });
  return { data: result, width: w, height: h };
}

function halvedMask(mask: Mask): Mask {
  return maskWhere(halved(mask), (value) => value >= 0.5);
}

/** Bilinear, pixel centres as centres of 2×2. */
function doubled({ data, width, height }: Raster): Raster {
  const at = (x: number, y: number): number =>
    data[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)]!;
  const result = Float32Array.from({ length: 4 * data.length }, (_, i) => {
    const [u, v] = [(i % (2 * width)) / 2 - 0.25, Math.floor(i / (2 * width)) / 2 - 0.25];
    const [x, y] = [Math.floor(u), Math.floor(v)];
    const [p, q] = [u - x, v - y];
    return (at(x, y) * (1 - p) + at(x + 1, y) * p) * (1 - q) + (at(x, y + 1) * (1 - p) + at(x + 1, y + 1) * p) * q;
  });
  return { data: result, width: 2 * width, height: 2 * height };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(0);
}
