// FID versus N of real images in the layout of the paper's Table 5, as in docs/small-sample.md:
//   npx tsx --conditions=@plateau/source tools/measure-frechet-versus-n.ts [--most 1000]
// Sets that are not beside the checkout, in ../shared/data, are skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openExtractor } from '@plateau/features';
import { arraySource, decodeImage, folderSource, type ImageSource } from '@plateau/images';
import { RandomState, selectRows, type Matrix } from '@plateau/numerics';
import { extractFeatures } from '@plateau/scorecard';
import { calibratedFrechetDistance, frechetVersusN, frechetVersusNTable } from '../packages/small-sample/src/index.js';

const data = join(import.meta.dirname, '../../shared/data');
const { values } = parseArgs({ options: { most: { type: 'string', default: '1000' } } });
const most = Number(values.most);

const sets: Record<string, () => Promise<ImageSource>> = {
  'cifar10/cifar10_batch_0.png': async () => cifar(join(data, 'cifar10/cifar10_batch_0.png')),
  'classes/neu_steel': () => folderSource(join(data, 'classes/neu_steel'), { limit: most, recursive: true, size: 200 }),
  'classes/porous': () => folderSource(join(data, 'classes/porous'), { limit: most, recursive: true, size: 128 }),
};

const extractor = await openExtractor({ weights: 'bundled', onWarning: () => {} });
for (const [name, open] of Object.entries(sets)) {
  if (!existsSync(join(data, name))) {
    process.stdout.write(`${name}: skipped, it is not in ../shared/data\n\n`);
    continue;
  }
  const features = await extractFeatures(await open(), extractor);
  const half = Math.floor(features.rows / 2);
  const sizes = [10, 20, 50, 100, 200, 500].filter((n) => n <= half);
  const result = frechetVersusN(features, { sizes, trials: 3 });
  const [head, ...rows] = frechetVersusNTable(result);
  process.stdout.write(`${name}: ${features.rows} images, ${features.cols} features\n\n`);
  for (const row of [head, head.map(() => '---'), ...rows]) process.stdout.write(`| ${row.join(' | ')} |\n`);
  const { law, breaksBelow } = result;
  process.stdout.write(
    `\n1/N law: slope ${law?.slope.toPrecision(3)}, intercept ${law?.intercept.toPrecision(3)}, ` +
      `R² ${law?.rSquared.toFixed(3)}; breaks below N = ${breaksBelow ?? '–'}\n`,
  );
  const calibrated = [100, 200]
    .filter((n) => n <= half)
    .map((n) => {
      const { value, interval, naive } = calibratedFrechetDistance(...twoGroups(features, n));
      const ends = interval?.map((end) => end.toFixed(3)).join(' … ');
      return `N = ${n}: ${value.toFixed(3)} (${ends}) where FID is ${naive.toFixed(3)}`;
    });
  process.stdout.write(`Calibrated, truth 0: ${calibrated.join('; ')}\n\n`);
}
extractor.dispose();

/** One image a row of 1024 pixels, as the data set's README has it. */
async function cifar(path: string): Promise<ImageSource> {
  const { data: pixels, height, width, channels } = await decodeImage(readFileSync(path));
  const count = Math.min(most, height);
  if (width !== 1024) throw new RangeError(`${path} is ${width} pixels wide, expected 1024`);
  const images = new Uint8Array(count * 1024 * 3);
  for (let i = 0; i < count * 1024; i++) for (let c = 0; c < 3; c++) images[i * 3 + c] = pixels[i * channels + c];
  return arraySource({ data: images, count, height: 32, width: 32, channels: 3, range: [0, 255] });
}

function twoGroups(features: Matrix, n: number): [Matrix, Matrix] {
  const order = new RandomState(1).choice(features.rows, 2 * n);
  return [selectRows(features, order.subarray(0, n)), selectRows(features, order.subarray(n))];
}
