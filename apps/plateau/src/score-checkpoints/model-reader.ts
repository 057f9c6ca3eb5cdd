import type { FeatureExtractor } from '@plateau/features';
import type { ImageBatch, ValueRange } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import { extractFeatures } from '@plateau/scorecard';
import type * as tfjs from '@tensorflow/tfjs';
import { openTrainingBackend } from '../training-backend.js';
import { modelSampler } from '../monitor/sampler.js';
import { openFeatureExtractor, type ExtractorWords } from '../open-feature-extractor.js';
import { loadGenerator, type GeneratorWords } from './load-generator.js';
import { readModel } from './read-model.js';

/** How every model of a run is drawn from: one protocol for all. Can travel to a worker. */
export interface ModelReaderSetup extends GeneratorWords {
  readonly samples: number;
  readonly seed: number;
  readonly range: ValueRange;
  /** What makes the features. */
  readonly network: ExtractorWords;
}

/** Samples of a model, and what the network makes of them. */
export interface ModelReading {
  readonly images: ImageBatch;
  readonly features: Matrix;
}

/** Reads one model after the other. */
export interface ModelReader {
  read(directory: string): Promise<ModelReading>;
  close(): Promise<void>;
}

/** Draws from models and embeds in this thread. The network is opened with the first model, unless it is given. */
export function localModelReader(setup: ModelReaderSetup, given?: FeatureExtractor): ModelReader {
  const { network, samples, range, seed } = setup;
  let extractor = given;
  let tf: typeof tfjs | undefined;
  return {
    async read(directory) {
      tf ??= await openTrainingBackend();
      const loaded = await loadGenerator(tf, await readModel(directory), setup);
      try {
        const images = await modelSampler(tf, loaded.generator, loaded.latentDim, range, seed)(samples, 0);
        extractor ??= await openFeatureExtractor(network);
        return { images, features: await extractFeatures(images, extractor) };
      } finally {
        loaded.dispose();
      }
    },
    async close() {
      if (extractor !== given) extractor?.dispose();
    },
  };
}
