import { writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { maskWhere, trainUNet, type LabelledImage } from '@plateau/cells';
import { Command } from 'commander';
import { wholeNumber } from '../commands/option-parsers.js';
import { openTrainingBackend } from '../demo/training-backend.js';
import { saveLayersModel } from '../monitor/save-layers-model.js';
import { stderrProgress } from '../progress.js';
import type { LearnedSettings } from './learned-segmentation.js';
import { listImages, loadImage } from './read-images.js';

interface TrainWords {
  readonly images: string;
  readonly masks: string;
  readonly out: string;
  readonly steps: number;
  readonly seed: number;
}

/** `plateau cells train`: learns to find walls from a few labelled images. */
export function trainCellsCommand(): Command {
  return new Command('train')
    .description('Trains a U-Net to find walls, from images and masks of the same names.')
    .requiredOption('--images <dir>', 'images')
    .requiredOption('--masks <dir>', 'masks under the images’ names: black is wall, anything else cell')
    .requiredOption('--out <dir>', 'writes the model there')
    .option('--steps <number>', 'steps of training', wholeNumber(1), 300)
    .option('--seed <number>', 'draws crops and first weights', wholeNumber(0), 0)
    .action(train)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
}

async function train({ images, masks, out, steps, seed }: TrainWords): Promise<void> {
  const labelled = await pairs(images, masks);
  const tf = await openTrainingBackend();
  const progress = stderrProgress();
  progress.start('train', steps);
  // Crops as large as all images allow, in whole steps of the network's coarsest level.
  const least = Math.min(...labelled.flatMap(({ image }) => [image.width, image.height]));
  const crop = Math.min(128, 8 * Math.floor(least / 8));
  let last = NaN;
  const onStep = (_: number, loss: number): void => {
    last = loss;
    progress.advance(1);
  };
  const model = await trainUNet(tf, labelled, { steps, seed, crop, onStep });
  progress.stop();
  await saveLayersModel(model, out);
  const settings: LearnedSettings = { polarity: polarityOf(labelled) };
  await writeFile(join(out, 'cells.json'), `${JSON.stringify(settings, null, 2)}\n`);
  process.stdout.write(
    `${labelled.length} images, ${steps} steps, last loss ${last.toPrecision(3)}: model in ${out}\n`,
  );
}

async function pairs(images: string, masks: string): Promise<LabelledImage[]> {
  const found = new Map<string, LabelledImage['image']>();
  for await (const entry of listImages(masks)) found.set(parse(entry.file).name, (await loadImage(entry)).image);
  const labelled: LabelledImage[] = [];
  for await (const entry of listImages(images)) {
    const { file } = entry;
    const { image } = await loadImage(entry);
    const mask = found.get(parse(file).name);
    if (!mask) throw new Error(`${images}: ${file} has no mask of its name in ${masks}`);
    if (mask.width !== image.width || mask.height !== image.height) {
      throw new Error(
        `the mask of ${file} is ${mask.width}×${mask.height}, its image ${image.width}×${image.height}; expected one size`,
      );
    }
    labelled.push({ image, walls: maskWhere(mask, (value) => value === 0) });
  }
  return labelled;
}

/** Whether walls are darker or brighter than cells, on the whole. */
function polarityOf(labelled: readonly LabelledImage[]): LearnedSettings['polarity'] {
  const [sums, counts] = [
    [0, 0],
    [0, 0],
  ];
  for (const { image, walls } of labelled) {
    walls.data.forEach((wall, i) => {
      sums[wall]! += image.data[i]!;
      counts[wall]!++;
    });
  }
  return sums[1]! / counts[1]! > sums[0]! / counts[0]! ? 'bright-walls' : 'dark-walls';
}
