import type * as tfjs from '@tensorflow/tfjs';
import { openExtractor, type FeatureExtractor, type WeightsSource } from '@plateau/features';
import {
  arraySource,
  batchFromTensor,
  type ImageBatch,
  type ImageSource,
  type TensorLike,
  type ValueRange,
} from '@plateau/images';
import { defaultMetrics, metricDefinition, validateOptions } from '@plateau/scorecard';
import { openImages } from '../sets.js';
import { silentProgress, stderrProgress } from '../progress.js';
import { warnOnStderr } from '../warn.js';
import { BestCheckpoint } from './best-checkpoint.js';
import { Monitor } from './monitor.js';
import type { MonitorOptions } from './monitor-options.js';
import { functionSampler, modelSampler, type GeneratorModel, type Sampler } from './sampler.js';
import { saveLayersModel, type SavableModel } from './save-layers-model.js';

/**
 * Makes the monitor of one training run. Call `await monitor.epochEnd(epoch, logs)` after every epoch of a hand-written
 * loop and `await monitor.end()` after the last, or give `createCallback(tf, monitor)` to `model.fit`.
 * @throws RangeError for options that contradict each other, unknown metrics, counts out of range
 * @example
 * const monitor = createMonitor({ tf, generator, latentDim: 64, reference: 'images/held-out', out: 'run' });
 */
export function createMonitor(options: MonitorOptions): Monitor {
  const {
    metrics = defaultMetrics,
    metricOptions = {},
    seed = 2020,
    every = 1,
    range = [-1, 1],
    samples,
    out,
  } = options;
  atLeast('every', every, 1);
  if (samples !== undefined) atLeast('samples', samples, 2);
  validateOptions(metrics, metricOptions);
  return new Monitor({
    title: options.title ?? 'Training run',
    sample: samplerOf(options, range, seed),
    samples,
    openReference: () => openReference(options.reference, range),
    openExtractor: () => openOrBorrow(options.extractor ?? 'bundled', options.tf),
    every,
    metrics,
    metricOptions,
    seed,
    out,
    checkpoint: checkpointOf(options, metrics),
    collapse: options.collapse ?? {},
    print: printer(options.print),
    progress: options.progress === false ? silentProgress : stderrProgress(),
    signal: options.signal,
  });
}

function samplerOf({ generate, generator, latentDim, tf }: MonitorOptions, range: ValueRange, seed: number): Sampler {
  if (generate !== undefined && generator !== undefined) {
    throw new RangeError('got generate and generator; give one of them');
  }
  if (generate !== undefined) return functionSampler(generate, range, seed);
  if (generator === undefined) throw new RangeError('nothing draws samples: give generate, or generator and latentDim');
  const width = latentWidth(generator);
  if (latentDim === undefined) {
    throw new RangeError(`generator needs latentDim${width === undefined ? '' : ` (its input is ${width} wide)`}`);
  }
  atLeast('latentDim', latentDim, 1);
  if (width !== undefined && width !== latentDim) {
    throw new RangeError(`latentDim is ${latentDim}, but the generator's input is ${width} wide`);
  }
  let sampler: Sampler | undefined;
  return async (count, epoch) => {
    sampler ??= modelSampler(tf ?? (await import('@tensorflow/tfjs')), generator, latentDim, range, seed);
    return sampler(count, epoch);
  };
}

function latentWidth(generator: GeneratorModel): number | undefined {
  const shape = (generator as Partial<tfjs.LayersModel>).inputs?.[0]?.shape;
  return shape?.length === 2 ? (shape[1] ?? undefined) : undefined;
}

async function openReference(reference: MonitorOptions['reference'], range: ValueRange): Promise<ImageSource> {
  if (typeof reference === 'string') return openImages(reference);
  if (Symbol.asyncIterator in reference) return reference;
  const batch: ImageBatch = isBatch(reference) ? reference : await batchFromTensor(reference, { range });
  return arraySource(batch, { id: 'reference' });
}

function isBatch(images: ImageBatch | TensorLike): images is ImageBatch {
  return 'count' in images;
}

async function openOrBorrow(extractor: WeightsSource | FeatureExtractor, tf: typeof tfjs | undefined) {
  if (typeof extractor !== 'string') return { extractor, release: () => {} };
  const opened = await openExtractor({ weights: extractor, tf, onWarning: warnOnStderr });
  return { extractor: opened, release: () => opened.dispose() };
}

function checkpointOf(
  { checkpoint, out, generator }: MonitorOptions,
  metrics: readonly string[],
): BestCheckpoint | undefined {
  if (checkpoint === false || out === undefined) return undefined;
  const save = checkpoint?.save ?? saverOf(generator);
  if (!save) return undefined;
  const metric = checkpoint?.metric ?? (metrics.includes('kid') ? 'kid' : metrics[0]);
  if (!metrics.includes(metric)) {
    throw new RangeError(`checkpoint.metric is ${metric}, which is not scored; expected one of ${metrics.join(', ')}`);
  }
  if (metricDefinition(metric).direction === 'none') {
    throw new RangeError(`checkpoint.metric is ${metric}, of which neither more nor less is better; choose another`);
  }
  return new BestCheckpoint(out, metric, save);
}

function saverOf(generator: GeneratorModel | undefined): ((directory: string) => Promise<void>) | undefined {
  const model = generator as Partial<SavableModel> | undefined;
  return typeof model?.save === 'function'
    ? (directory) => saveLayersModel(model as SavableModel, directory)
    : undefined;
}

function printer(print: MonitorOptions['print']): (line: string) => void {
  if (print === false) return () => {};
  return print ?? ((line) => process.stdout.write(`${line}\n`));
}

function atLeast(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} is a whole number of at least ${least}, got ${value}`);
  }
}
