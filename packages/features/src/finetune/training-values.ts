import { join } from 'node:path';
import { createOnnxruntimeEngine, importOnnxruntime } from '../engines/onnxruntime-engine.js';
import type { Engine } from '../engines/engine.js';
import { createTfjsEngine } from '../engines/tfjs-engine.js';
import type { Network } from '../network/network.js';
import { cacheFolder } from '../store/cache-folder.js';
import type { NetworkWeights } from '../weights/network-weights.js';
import type { FinetuneSettings } from './finetune-options.js';
import type { LabelledClasses } from './labelled-classes.js';
import type { LabelledValues } from './tail-trainer.js';
import { trunkValues, type TrunkValues } from './trunk-values.js';
import { turnedCopies } from './turned-copies.js';

/** Values of all images, and after them those of the turned copies of the training images. */
export interface TrainingValues extends LabelledValues {
  /** The image itself and its copies; copies have indices from the number of images on. */
  versionsOf(image: number): readonly number[];
  close(): Promise<void>;
}

/** Runs the frozen part of a network on the images and on turned copies of those to train on, or finds what it gave before. */
export async function trainingValues(
  settings: FinetuneSettings,
  { labels, split }: LabelledClasses,
  networks: { network: Network; trunk: Network | undefined; weights: NetworkWeights },
): Promise<TrainingValues> {
  const { data: images, preparation, copies, seed, onProgress } = settings;
  const { network, trunk, weights } = networks;
  const engine = trunk && (await openTrunkEngine(settings, trunk, weights));
  const common = { trunk, network, engine, weightsSha256: weights.sha256, folder: join(cacheFolder(), 'trunk') };
  const watch = (step: 'features' | 'copies', total: number) => {
    let done = 0;
    return (count: number) => onProgress({ step, done: (done += count), total });
  };
  const own = await trunkValues({ ...common, images, preparation, onImages: watch('features', labels.length) });
  const sorted = [...split.train].sort((a, b) => a - b);
  let turned: TrunkValues | undefined;
  if (copies > 0) {
    const { crop, ...rest } = preparation;
    // A bar at the bottom is cut off before an image is turned.
    const copied = { [Symbol.asyncIterator]: () => turnedCopies(images, { indices: sorted, copies, seed, crop }) };
    const onImages = watch('copies', sorted.length * copies);
    turned = await trunkValues({ ...common, images: copied, preparation: rest, onImages });
  }
  engine?.dispose();
  const count = labels.length;
  const ranks = new Map(sorted.map((image, rank) => [image, rank]));
  return {
    labels: [...labels, ...sorted.flatMap((image) => new Array<number>(copies).fill(labels[image]!))],
    values: {
      key: turned ? `${own.key} ${turned.key}` : own.key,
      read: (indices) => readBoth(own, turned, { indices, count }),
    },
    versionsOf: (image) => {
      const rank = ranks.get(image);
      const others = rank === undefined ? 0 : copies;
      return [image, ...Array.from({ length: others }, (_, copy) => count + rank! * copies + copy)];
    },
    async close() {
      await own.close();
      await turned?.close();
    },
  };
}

async function readBoth(
  own: TrunkValues,
  turned: TrunkValues | undefined,
  { indices, count }: { indices: readonly number[]; count: number },
): Promise<Float32Array> {
  const result = new Float32Array(indices.length * own.length);
  for (const [i, index] of indices.entries()) {
    const values = index < count ? await own.read([index]) : await turned!.read([index - count]);
    result.set(values, i * own.length);
  }
  return result;
}

async function openTrunkEngine(
  { tf, onWarning }: FinetuneSettings,
  trunk: Network,
  weights: NetworkWeights,
): Promise<Engine> {
  try {
    return await createOnnxruntimeEngine(await importOnnxruntime(), trunk, weights, { maps: true });
  } catch (error) {
    onWarning(`${(error as Error).message} (until then the frozen blocks run in tfjs, several times slower)`);
    return createTfjsEngine(tf, trunk, weights);
  }
}
