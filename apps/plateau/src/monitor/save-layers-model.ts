import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { io } from '@tensorflow/tfjs';

/** Anything that saves as a tfjs LayersModel does. */
export interface SavableModel {
  save(handler: io.IOHandler): Promise<io.SaveResult>;
}

/**
 * Saves a tfjs model as `model.json` and `weights.bin` in `directory`, which appears whole or not at all.
 *
 * tfjs has no file handler in plain Node; what this writes is the format that tfjs reads everywhere.
 */
export async function saveLayersModel(model: SavableModel, directory: string): Promise<void> {
  await writeDirectory(directory, async (draft) => {
    await model.save({
      save: async (artifacts: io.ModelArtifacts) => {
        const { weightData, weightSpecs = [], ...rest } = artifacts;
        const buffers = weightData === undefined ? [] : Array.isArray(weightData) ? weightData : [weightData];
        const manifest = {
          ...rest,
          weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
        };
        await writeFile(join(draft, 'weights.bin'), Buffer.concat(buffers.map((part) => Buffer.from(part))));
        await writeFile(join(draft, 'model.json'), JSON.stringify(manifest));
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      },
    });
  });
}

/** Fills a draft beside `directory` and renames it into place; a kill at any moment leaves no half of it. */
async function writeDirectory(directory: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${directory}.draft-${process.pid}`;
  await mkdir(dirname(directory), { recursive: true });
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft);
  try {
    await fill(draft);
    await rm(directory, { recursive: true, force: true });
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
