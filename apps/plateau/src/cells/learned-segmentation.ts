import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cellsFromProbability, predictWalls, type Segmentation } from '@plateau/cells';
import { openTrainingBackend } from '../demo/training-backend.js';
import { loadLayersModel } from '../monitor/load-layers-model.js';
import type { Segment } from './analyse-image.js';

/** Beside the model: what its training images looked like. */
export interface LearnedSettings {
  readonly polarity: Segmentation['choices']['polarity'];
}

/** Opens what `plateau cells train` wrote, as a way to find the cells of an image. */
export async function openLearnedSegmentation(directory: string): Promise<Segment> {
  const tf = await openTrainingBackend();
  const model = await loadLayersModel(tf, directory);
  const { polarity } = JSON.parse(await readFile(join(directory, 'cells.json'), 'utf8')) as LearnedSettings;
  return async (image) => {
    const { labels, walls } = cellsFromProbability(await predictWalls(tf, model, image));
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
