import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainPixelClassifier, trainUNet, type Mask } from '@plateau/cells';
import { layersModelToOnnx } from '@plateau/features';
import { Command, Option } from 'commander';
import { wholeNumber } from '../commands/option-parsers.js';
import { openTrainingBackend } from '../training-backend.js';
import { saveLayersModel } from '../monitor/save-layers-model.js';
import { stderrProgress } from '../progress.js';
import { makeOutputFolder } from '../output-folder.js';
import { UsageError } from '../usage-error.js';
import { drawnImages, type DrawnImage } from './drawn-images.js';
import { FOREST_FILE, NETWORK_FOLDER, SETTINGS_FILE, type LearnedSettings } from './learned-segmentation.js';
import { ONNX_FILE } from './open-wall-network.js';
import type { Drawing, GreyImage } from './read-images.js';
import { wallsOfMask } from './walls-of-mask.js';
import { wallWidthOf } from './wall-width-of.js';

interface TrainWords {
  readonly images: string;
  readonly masks?: string;
  readonly scribbles?: string;
  readonly out: string;
  readonly skipBad?: boolean;
  readonly classifier: LearnedSettings['classifier'];
  readonly steps: number;
  readonly seed: number;
}

/** `plateau cells train`: learns to find walls from a few labelled images. */
export function trainCellsCommand(): Command {
  return new Command('train')
    .description('Learns to find walls, from images and masks or scribbles of the same names.')
    .requiredOption('--images <dir>', 'images')
    .option('--masks <dir>', 'masks or label maps under the images’ names: black is wall, anything else cell')
    .option('--scribbles <dir>', 'for the forest, instead of masks: 0 not drawn, 1 or 128 cell, 2 or 255 wall')
    .requiredOption('--out <dir>', 'writes the model there')
    .addOption(
      new Option('--classifier <kind>', 'u-net: from 5 images on; forest: from one or two, in seconds')
        .choices(['u-net', 'forest'])
        .default('u-net'),
    )
    .option(
      '--steps <number>',
      'steps of training the U-Net, about a third of a second each on WebAssembly',
      wholeNumber(1),
      800,
    )
    .option('--skip-bad', 'goes on without images and masks that can’t be read, and their partners')
    .option('--seed <number>', 'draws crops or pixels, and first weights', wholeNumber(0), 0)
    .action(train)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
}

async function train(words: TrainWords): Promise<void> {
  const { images, masks, scribbles, classifier } = words;
  const drawings = masks ?? scribbles;
  if (drawings === undefined || (masks !== undefined && scribbles !== undefined)) {
    throw new UsageError('plateau cells train: give --masks or --scribbles, one of both');
  }
  if (scribbles !== undefined && classifier !== 'forest') {
    throw new UsageError(
      'plateau cells train: scribbles train a forest only; add --classifier forest, or give --masks',
    );
  }
  const drawn = await drawnImages(images, drawings, words);
  await makeOutputFolder(words.out);
  if (classifier === 'forest') await trainForest(drawn, words);
  else await trainNetwork(drawn, words);
}

async function trainForest(drawn: readonly DrawnImage[], { scribbles, out, seed }: TrainWords): Promise<void> {
  const labelled = drawn.map(({ file, image, drawing }) => ({
    image,
    scribbles: scribbles === undefined ? scribblesOfWalls(wallsOfMask(drawing)) : requireScribbles(drawing, file),
  }));
  const forest = trainPixelClassifier(labelled, { seed });
  await writeFile(join(out, FOREST_FILE), JSON.stringify(forest));
  const classes = labelled.map(({ image, scribbles: { data } }) => ({ image, classes: data }));
  await writeSettings(out, { classifier: 'forest', polarity: polarityOf(classes), halve: false });
  process.stdout.write(`${drawn.length} images, ${forest.trees.length} trees: model in ${out}\n`);
}

async function trainNetwork(drawn: readonly DrawnImage[], { out, steps, seed }: TrainWords): Promise<void> {
  const labelled = drawn.map(({ image, drawing }) => ({ image, walls: wallsOfMask(drawing) }));
  const wallWidth = wallWidthOf(labelled.map(({ walls }) => walls));
  const halve = wallWidth >= HALVED_WALLS;
  process.stderr.write(
    `plateau: walls are ${wallWidth.toFixed(1)} px wide: the network sees images at ${halve ? 'half their' : 'full'} size\n`,
  );
  const tf = await openTrainingBackend();
  const progress = stderrProgress();
  progress.start('train', steps);
  let last = NaN;
  const onStep = (_: number, loss: number): void => {
    last = loss;
    progress.advance(1);
  };
  const model = await trainUNet(tf, labelled, { steps, seed, halve, onStep }).finally(() => progress.stop());
  const folder = join(out, NETWORK_FOLDER);
  await saveLayersModel(model, folder);
  await writeFile(
    join(folder, ONNX_FILE),
    await layersModelToOnnx(model, { classifier: 'u-net', halve: String(halve) }),
  );
  const classes = labelled.map(({ image, walls }) => ({ image, classes: walls.data.map((wall) => wall + 1) }));
  await writeSettings(out, { classifier: 'u-net', polarity: polarityOf(classes), halve });
  process.stdout.write(
    `${labelled.length} images, ${steps} steps, last loss ${last.toPrecision(3)}: model in ${out}\n`,
  );
}

// Walls that are still two pixels wide at half the size; a step there costs a quarter and sees twice as far.
const HALVED_WALLS = 4;

async function writeSettings(out: string, settings: LearnedSettings): Promise<void> {
  await writeFile(join(out, SETTINGS_FILE), `${JSON.stringify(settings, null, 2)}\n`);
}

function scribblesOfWalls({ data, width, height }: Mask): GreyImage {
  return { data: data.map((wall) => (wall ? WALL : CELL)), width, height };
}

const [CELL, WALL] = [1, 2];
const SCRIBBLES = new Map([
  [0, 0],
  [1, CELL],
  [128, CELL],
  [2, WALL],
  [255, WALL],
]);

function requireScribbles({ data, width, height }: Drawing, file: string): GreyImage {
  const classes = Uint8Array.from(data, (value, i) => {
    const known = SCRIBBLES.get(value);
    if (known === undefined) {
      throw new RangeError(
        `the scribbles of ${file} hold ${value} at pixel ${i}; expected 0 (not drawn), 1 or 128 (cell), 2 or 255 (wall)`,
      );
    }
    return known;
  });
  return { data: classes, width, height };
}

/** Whether walls are darker or brighter than cells, on the whole. */
function polarityOf(
  drawn: readonly { readonly image: GreyImage; readonly classes: Uint8Array }[],
): LearnedSettings['polarity'] {
  const [sums, counts] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (const { image, classes } of drawn) {
    classes.forEach((of, i) => {
      sums[of]! += image.data[i]!;
      counts[of]!++;
    });
  }
  return sums[WALL]! / counts[WALL]! > sums[CELL]! / counts[CELL]! ? 'bright-walls' : 'dark-walls';
}
