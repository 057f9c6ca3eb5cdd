// Trains the U-Net on 8 slices of isbi2012 beside the checkout and measures it on the other 7:
//   npx tsx --conditions=@plateau/source tools/measure-cells-learned.ts [steps]
// All settings are defaults; none was chosen on the 7 slices.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  cellsFromProbability,
  keepRegions,
  labelComponents,
  maskWhere,
  predictWalls,
  regionAreas,
  segmentationScores,
  trainUNet,
  wallNetworkOf,
  type LabelMap,
  type Mask,
} from '@plateau/cells';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import { readAnnotated } from './cells/data-sets.js';

const TRAINED_ON = 8;
const LEAST_AREA = 30;
const steps = Number(process.argv[2] ?? 800);
const slices = (await readAnnotated('isbi2012', 'image', ['label']))?.map(({ name, image, truth }) => ({
  name,
  image,
  walls: maskWhere(truth.label!, (value) => value < 128),
}));

if (!slices) console.log('isbi2012: skipped, shared/data/cells/isbi2012 is not beside the checkout');
else {
  registerTrainingKernels(tf);
  await tf.setBackend('wasm');
  const start = performance.now();
  let running = NaN;
  const model = await trainUNet(tf, slices.slice(0, TRAINED_ON), {
    steps,
    halve: true,
    onStep: (step, loss) => {
      running = step === 0 ? loss : 0.95 * running + 0.05 * loss;
      if (step % 50 === 49) console.log(`step ${step + 1}: loss ${running.toFixed(3)}, ${seconds(start)} s`);
    },
  });
  console.log(`trained on ${TRAINED_ON} slices in ${seconds(start)} s`);
  for (const symmetries of [1, 8]) {
    const begun = performance.now();
    const rows: Row[] = [];
    for (const { name, image, walls } of slices.slice(TRAINED_ON)) {
      const probability = await predictWalls(wallNetworkOf(tf, model), image, { halve: true, symmetries });
      const { labels, walls: found } = cellsFromProbability(probability, { leastArea: LEAST_AREA });
      const truth = cellsOf(walls);
      const { rand, info } = segmentationScores(labels, truth);
      rows.push({ name, expected: truth.count, found: labels.count, ...pixelScores(found, walls), rand, info });
    }
    report(rows, `${symmetries} of 8 symmetries, ${(Number(seconds(begun)) / rows.length).toFixed(1)} s a slice`);
  }
}

interface Row {
  readonly name: string;
  readonly expected: number;
  readonly found: number;
  readonly f1: number;
  readonly accuracy: number;
  readonly rand: number;
  readonly info: number;
}

function report(rows: readonly Row[], how: string): void {
  for (const { name, expected, found, f1, rand } of rows) {
    console.log(`${name}: ${expected} cells, found ${found}, membrane F1 ${f1.toFixed(3)}, V-Rand ${rand.toFixed(3)}`);
  }
  const error = mean(rows.map((row) => Math.abs(row.found / row.expected - 1)));
  const [f1, accuracy, rand, info] = (['f1', 'accuracy', 'rand', 'info'] as const).map((key) =>
    mean(rows.map((row) => row[key])).toFixed(3),
  );
  console.log(
    `isbi2012, ${how}: ${rows.length} slices, count error ${error.toFixed(3)}, membrane F1 ${f1}, accuracy ${accuracy}, V-Rand ${rand}, V-Info ${info}`,
  );
}

function cellsOf(walls: Mask): LabelMap {
  const labels = labelComponents(
    maskWhere(walls, (value) => value === 0),
    { connectivity: 4 },
  );
  return keepRegions(
    labels,
    Array.from(regionAreas(labels), (area) => area >= LEAST_AREA),
  );
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(0);
}
