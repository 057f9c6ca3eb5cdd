import type * as tfjs from '@tensorflow/tfjs';
import { openExtractor, type ExtractorOptions, type FeatureExtractor } from '@plateau/features';
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
import { dashboardSink } from '../sinks/dashboard-sink.js';
import { CellsProbe } from './cells-probe.js';
import { resolveCollapseOptions } from './collapse/collapse-options.js';
import { EarlyStopping } from './early-stopping.js';
import { loadLayersModel } from './load-layers-model.js';
import { Monitor } from './monitor.js';
import type { MonitorOptions } from './monitor-options.js';
import type { DearMetrics } from './monitor-parts.js';
import type { MonitorSink } from './run-event.js';
import { functionSampler, modelSampler, type GeneratorModel, type Sampler } from './sampler.js';
import { saveLayersModel, type SavableModel } from './save-layers-model.js';
import { ScoringBudget } from './scoring-budget.js';
import { TopCheckpoints } from './top-checkpoints.js';

/**
 * Makes the monitor of one training run. Call `await monitor.epochEnd(epoch, logs)` after every epoch of a hand-written
 * loop and `await monitor.end()` after the last, or give `createCallback(tf, monitor)` to `model.fit`.
 * @throws RangeError for options that contradict each other, unknown metrics, counts out of range
 * @example
 * const monitor = createMonitor({ tf, generator, latentDim: 64, reference: 'images/held-out', out: 'run' });
 */
export function createMonitor(options: MonitorOptions): Monitor {
  const { metrics = defaultMetrics, metricOptions = {}, seed = 2020, range = [-1, 1], samples, out } = options;
  const { every, sampleTimeout = 300, collapse = {}, resume = false, onWarning = warnOnStderr } = options;
  if (every !== undefined) atLeast('every', every, 1);
  if (samples !== undefined) atLeast('samples', samples, collapse === false ? 2 : 8);
  if (!(sampleTimeout > 0)) throw new RangeError(`sampleTimeout is a number of seconds above 0, got ${sampleTimeout}`);
  if (resume && out === undefined) throw new RangeError('resume needs out, the folder of the run that goes on');
  if (collapse !== false) resolveCollapseOptions(collapse);
  validateOptions(metrics, metricOptions);
  const checkpoints = checkpointsOf(options, metrics);
  const early = options.earlyStopping || undefined;
  return new Monitor({
    title: options.title ?? 'Training run',
    sample: samplerOf(options, range, seed),
    sampleTimeout,
    samples,
    openReference: () => openReference(options.reference, range),
    openExtractor: () => openOrBorrow(options.extractor ?? 'bundled', options.tf),
    every,
    budget: budgetOf(options),
    background: options.background ?? false,
    metrics,
    dear: dearOf(options, metrics),
    metricOptions,
    seed,
    out,
    resume,
    checkpoints,
    restoreBest: early?.restoreBest ? restorerOf(options, checkpoints) : undefined,
    earlyStopping: early && new EarlyStopping({ metric: checkpoints?.metric, ...early }, metrics),
    collapse,
    cells: options.cells ? new CellsProbe(options.cells === true ? {} : options.cells) : undefined,
    sinks: sinksOf(options),
    print: printer(options.print),
    warn: onWarning,
    progress: options.progress === false ? silentProgress : stderrProgress(),
    signal: options.signal,
  });
}

function samplerOf(
  { generate, generator: trained, averaged, latentDim, tf }: MonitorOptions,
  range: ValueRange,
  seed: number,
): Sampler {
  const generator = averaged ?? trained;
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

async function openOrBorrow(wanted: string | ExtractorOptions | FeatureExtractor, tf: typeof tfjs | undefined) {
  if (typeof wanted !== 'string' && 'extract' in wanted) return { extractor: wanted, release: () => {} };
  const options = typeof wanted === 'string' ? { weights: wanted } : wanted;
  const own = options.backend === undefined ? { tf } : {};
  const opened = await openExtractor({ ...own, onWarning: warnOnStderr, ...options });
  return { extractor: opened, release: () => opened.dispose() };
}

/** A minute of scoring is free unless the user names a budget. */
function budgetOf({ budget = 0.1, every, budget: named }: MonitorOptions): ScoringBudget | undefined {
  if (named !== undefined && named !== false && every !== undefined) {
    throw new RangeError('got every and budget; every says when to score, a budget finds it out: give one of them');
  }
  if (budget === false || every !== undefined) return undefined;
  if (!(budget > 0))
    throw new RangeError(`budget is a share of the training time above 0, got ${budget}; false has none`);
  return new ScoringBudget({ share: budget, allowance: named === undefined ? 60 : 0 });
}

function dearOf({ dear }: MonitorOptions, metrics: readonly string[]): DearMetrics | undefined {
  if (!dear) return undefined;
  atLeast('dear.every', dear.every, 1);
  const unknown = dear.metrics.find((id) => !metrics.includes(id));
  if (unknown !== undefined) {
    throw new RangeError(`dear.metrics has ${unknown}, which is not scored; expected some of ${metrics.join(', ')}`);
  }
  return dear;
}

function checkpointsOf(
  { checkpoint, out, generator, averaged }: MonitorOptions,
  metrics: readonly string[],
): TopCheckpoints | undefined {
  if (checkpoint === false || out === undefined) return undefined;
  const save = checkpoint?.save ?? saverOf(averaged ?? generator);
  if (!save) return undefined;
  const metric = checkpoint?.metric ?? (metrics.includes('kid') ? 'kid' : metrics[0]);
  if (!metrics.includes(metric)) {
    throw new RangeError(`checkpoint.metric is ${metric}, which is not scored; expected one of ${metrics.join(', ')}`);
  }
  if (metricDefinition(metric).direction === 'none') {
    throw new RangeError(`checkpoint.metric is ${metric}, of which neither more nor less is better; choose another`);
  }
  const keep = checkpoint?.keep ?? 1;
  atLeast('checkpoint.keep', keep, 1);
  return new TopCheckpoints(out, { metric, keep, save });
}

function saverOf(generator: GeneratorModel | undefined): ((directory: string) => Promise<void>) | undefined {
  const model = generator as Partial<SavableModel> | undefined;
  return typeof model?.save === 'function'
    ? (directory) => saveLayersModel(model as SavableModel, directory)
    : undefined;
}

function sinksOf({ sinks = [], dashboard = false, out }: MonitorOptions): readonly MonitorSink[] {
  if (dashboard === false) return sinks;
  if (out === undefined) throw new RangeError('dashboard needs out, the folder that the page shows');
  return [...sinks, dashboardSink(dashboard === true ? {} : dashboard)];
}

function restorerOf(
  { checkpoint, generator, averaged, tf }: MonitorOptions,
  checkpoints: TopCheckpoints | undefined,
): (directory: string) => Promise<void> {
  if (!checkpoints) throw new RangeError('earlyStopping.restoreBest needs checkpoints: give out, and checkpoint.save');
  const restore = checkpoint && checkpoint.restore;
  if (restore) return restore;
  const model = (averaged ?? generator) as tfjs.LayersModel | undefined;
  if ((checkpoint && checkpoint.save) || typeof model?.setWeights !== 'function') {
    throw new RangeError(
      'earlyStopping.restoreBest needs checkpoint.restore, which loads what checkpoint.save has written',
    );
  }
  return async (directory) => {
    const saved = await loadLayersModel(tf ?? (await import('@tensorflow/tfjs')), directory);
    model.setWeights(saved.getWeights());
    saved.dispose();
  };
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
