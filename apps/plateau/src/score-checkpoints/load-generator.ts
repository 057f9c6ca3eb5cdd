import type * as tfjs from '@tensorflow/tfjs';
import type { GeneratorModel } from '../monitor/sampler.js';
import type { SavedModel } from './read-model.js';

/** Which part of a saved model makes images, and from what. */
export interface GeneratorWords {
  /** Length of a latent vector, where the model doesn't say. */
  readonly latentDim?: number;
  /** The layer of a saved autoencoder that is its decoder, itself a model. */
  readonly decoder?: string;
}

/** A generator that was loaded. */
export interface LoadedGenerator {
  readonly generator: GeneratorModel;
  readonly latentDim: number;
  dispose(): void;
}

/**
 * Loads what makes images of a saved model: a layers or graph model from latents to images, or the decoder within an
 * autoencoder, whose other layers, custom ones too, are left out.
 * @throws RangeError when the model has no such decoder, or takes something else than latents
 */
export async function loadGenerator(
  tf: typeof tfjs,
  saved: SavedModel,
  { latentDim, decoder }: GeneratorWords,
): Promise<LoadedGenerator> {
  const model =
    decoder !== undefined
      ? await loadDecoder(tf, saved, decoder)
      : saved.format === 'graph-model'
        ? await tf.loadGraphModel({ load: async () => saved.artifacts })
        : await tf.loadLayersModel({ load: async () => saved.artifacts });
  try {
    return { generator: model, latentDim: latentWidth(model, latentDim), dispose: () => model.dispose() };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function latentWidth({ inputs }: tfjs.LayersModel | tfjs.GraphModel, wanted: number | undefined): number {
  const shape = inputs[0]?.shape;
  if (inputs.length !== 1 || (shape && shape.length !== 2)) {
    const shapes = inputs.map((input) => `[${input.shape?.join(', ') ?? '?'}]`).join(' and ');
    throw new RangeError(
      `the model takes ${shapes}, expected latents [n, latentDim]; of an autoencoder name the --decoder`,
    );
  }
  const own = shape?.[1];
  const known = typeof own === 'number' && own > 0;
  if (wanted === undefined && !known)
    throw new RangeError('the model doesn’t say how long its latents are: give --latent-dim');
  if (wanted !== undefined && known && wanted !== own) {
    throw new RangeError(`--latent-dim is ${wanted}, but the model's input is ${own} wide`);
  }
  return wanted ?? (own as number);
}

interface LayerJson {
  readonly class_name: string;
  readonly config: { readonly name?: string; readonly layers?: readonly LayerJson[] } | readonly LayerJson[];
}

async function loadDecoder(
  tf: typeof tfjs,
  { format, artifacts }: SavedModel,
  name: string,
): Promise<tfjs.LayersModel> {
  if (format === 'graph-model') throw new RangeError('--decoder is for layers models: a graph model has no layers');
  const topology = artifacts.modelTopology as { readonly model_config?: LayerJson } & LayerJson;
  const models = nestedModels(topology.model_config ?? topology);
  const found = models.find(({ config }) => !Array.isArray(config) && (config as { name?: string }).name === name);
  if (!found) {
    const names = models.map(({ config }) => (config as { name?: string }).name ?? '?').join(', ');
    throw new RangeError(`the model has no decoder ${name}; models within it: ${names || 'none'}`);
  }
  const decoder = await tf.loadLayersModel({ load: async () => ({ modelTopology: found as unknown as object }) });
  const wanted = new Set(decoder.weights.map(({ originalName }) => originalName));
  const all = tf.io.decodeWeights(artifacts.weightData, artifacts.weightSpecs);
  try {
    decoder.loadWeights(Object.fromEntries(Object.entries(all).filter(([weight]) => wanted.has(weight))));
  } finally {
    tf.dispose(all);
  }
  return decoder;
}

function nestedModels(model: LayerJson): LayerJson[] {
  const layers = Array.isArray(model.config) ? model.config : ((model.config as { layers?: LayerJson[] }).layers ?? []);
  return (layers as LayerJson[])
    .filter(({ class_name: kind }) => ['Model', 'Functional', 'Sequential'].includes(kind))
    .flatMap((layer) => [layer, ...nestedModels(layer)]);
}
