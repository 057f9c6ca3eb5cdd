import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cellsFromProbability,
  classifyPixels,
  predictWalls,
  type RandomForest,
  type Polarity,
  type Raster,
} from '@plateau/cells';
import type { LearnedChoices, Segment } from './analyse-image.js';
import { openWallNetwork } from './open-wall-network.js';
import type { GreyImage } from './read-images.js';

/** `cells.json` beside the model: what was trained, on what. */
export interface LearnedSettings {
  readonly classifier: LearnedChoices['classifier'];
  readonly polarity: Polarity;
  /** Whether the U-Net sees images at half their size. */
  readonly halve: boolean;
}

/** Where in the model's folder the settings, a forest and a network are kept. */
export const [SETTINGS_FILE, FOREST_FILE, NETWORK_FOLDER] = ['cells.json', 'forest.json', 'u-net'] as const;

/** Opens what `plateau cells train` wrote, as a way to find the cells of an image. */
export async function openLearnedSegmentation(directory: string): Promise<Segment> {
  const { classifier, polarity, halve } = await readJson<LearnedSettings>(directory, SETTINGS_FILE);
  const wallProbability = classifier === 'forest' ? await openForest(directory) : await openUNet(directory, halve);
  return async (image) => {
    const { labels, walls, ...chosen } = cellsFromProbability(await wallProbability(image));
    return {
      labels,
      walls,
      choices: { classifier, polarity, ...chosen },
      warnings: labels.count === 0 ? ['no cell was found'] : [],
    };
  };
}

type WallProbability = (image: GreyImage) => Raster | Promise<Raster>;

async function openForest(directory: string): Promise<WallProbability> {
  const forest = await readJson<RandomForest>(directory, FOREST_FILE);
  return (image) => classifyPixels(forest, image);
}

async function openUNet(directory: string, halve: boolean): Promise<WallProbability> {
  const network = await openWallNetwork(join(directory, NETWORK_FOLDER));
  return (image) => predictWalls(network, image, { halve, symmetries: 8 });
}

async function readJson<T>(directory: string, name: string): Promise<T> {
  try {
    return JSON.parse(await readFile(join(directory, name), 'utf8')) as T;
  } catch (error) {
    throw new Error(
      `no segmentation in ${directory}: ${name} can't be read; give a folder that plateau cells train wrote`,
      { cause: error },
    );
  }
}
