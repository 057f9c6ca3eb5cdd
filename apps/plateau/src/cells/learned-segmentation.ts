import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cellsFromProbability,
  classifyPixels,
  predictWalls,
  type RandomForest,
  type Raster,
  type Segmentation,
} from '@plateau/cells';
import { openTrainingBackend } from '../demo/training-backend.js';
import { loadLayersModel } from '../monitor/load-layers-model.js';
import type { Segment } from './analyse-image.js';
import type { GreyImage } from './read-images.js';

/** `cells.json` beside the model: what was trained, on what. */
export interface LearnedSettings {
  readonly classifier: 'u-net' | 'forest';
  readonly polarity: Segmentation['choices']['polarity'];
}

/** The file that a forest is kept in. */
export const FOREST_FILE = 'forest.json';

/** Opens what `plateau cells train` wrote, as a way to find the cells of an image. */
export async function openLearnedSegmentation(directory: string): Promise<Segment> {
  const { classifier, polarity } = await readJson<LearnedSettings>(directory, 'cells.json');
  const wallProbability = classifier === 'forest' ? await openForest(directory) : await openUNet(directory);
  return async (image) => {
    const { labels, walls } = cellsFromProbability(await wallProbability(image));
    return {
      labels,
      walls,
      choices: {
        polarity,
        walls: 'bands',
        separability: NaN,
        pitch: 0,
        noise: NaN,
        backgroundRadius: 0,
        smoothing: 0,
        threshold: 127.5,
        h: 2,
        mergeBelow: 0.35,
        liquid: false,
        informationBar: 0,
      },
      warnings: labels.count === 0 ? ['no cell was found'] : [],
    };
  };
}

type WallProbability = (image: GreyImage) => Raster | Promise<Raster>;

async function openForest(directory: string): Promise<WallProbability> {
  const forest = await readJson<RandomForest>(directory, FOREST_FILE);
  return (image) => classifyPixels(forest, image);
}

async function openUNet(directory: string): Promise<WallProbability> {
  const tf = await openTrainingBackend();
  const model = await loadLayersModel(tf, directory);
  return (image) => predictWalls(tf, model, image);
}

async function readJson<T>(directory: string, name: string): Promise<T> {
  try {
    return JSON.parse(await readFile(join(directory, name), 'utf8')) as T;
  } catch (error) {
    throw new Error(
      `no segmentation in ${directory}: ${name} can't be read; give a folder that plateau cells train wrote`,
      {
        cause: error,
      },
    );
  }
}
