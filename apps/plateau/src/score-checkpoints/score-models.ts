import { join } from 'node:path';
import type { FeatureExtractor } from '@plateau/features';
import type { ImageSource } from '@plateau/images';
import {
  extractorProtocol,
  referenceFloor,
  runReport,
  type MetricOptions,
  type RunOutcome,
  type Score,
} from '@plateau/scorecard';
import { localScorer } from '../monitor/open-scorer.js';
import { prepareReference } from '../monitor/reference.js';
import type { CheckpointRecord } from '../monitor/run-event.js';
import { RunRecorder } from '../monitor/run-recorder.js';
import type { Progress } from '../progress.js';
import { runOfFolder } from '../report/run-of-folder.js';
import type { FoundModel } from './find-models.js';
import type { ModelReader, ModelReading } from './model-reader.js';
import { openScores, type ModelLine } from './open-scores.js';
import { checkpointOf, ranked, rankingMetric } from './rank-checkpoints.js';
import { readModels } from './read-models.js';

/** A model of the run and the hash of its files. */
export interface HashedModel extends FoundModel {
  readonly sha256: string;
}

/** What is scored, against what, and where it is written. */
export interface ScoreModelsOptions {
  readonly title: string;
  /** The folder that the models' paths are relative to. */
  readonly directory: string;
  readonly models: readonly HashedModel[];
  readonly reference: ImageSource;
  readonly extractor: FeatureExtractor;
  readonly readers: readonly ModelReader[];
  readonly metrics: readonly string[];
  readonly metricOptions: Readonly<Record<string, MetricOptions>>;
  readonly samples: number;
  readonly seed: number;
  /** Settings that decide what is drawn; scores of other settings are not gone on with. */
  readonly drawing: object;
  /** Takes the log, the pictures and the report, as the folder of a live run does. */
  readonly out: string;
  readonly print: (line: string) => void;
  readonly warn: (message: string) => void;
  readonly progress: Progress;
}

/** What became of a model. */
export interface ScoredModel {
  readonly model: string;
  readonly epoch: number;
  readonly sha256: string;
  readonly scores: readonly Score[];
}

/** What became of all. */
export interface ScoredModels {
  readonly checkpoints: readonly ScoredModel[];
  readonly failed: readonly { readonly model: string; readonly reason: string }[];
  readonly best?: CheckpointRecord;
  readonly report?: string;
}

/**
 * Scores every model against one reference with one protocol, in order, into a folder that is like that of a live run.
 *
 * Models that the folder has scores of, by the same protocol and from the same files, are not scored again. A model that
 * can't be read or scored is left out with a warning.
 */
export async function scoreModels(options: ScoreModelsOptions): Promise<ScoredModels> {
  const { extractor, metrics, metricOptions, seed, samples, warn, progress, out } = options;
  const scoring = { options: metricOptions, seed, ...extractorProtocol(extractor) };
  const reference = await prepareReference(options.reference, extractor, { ...scoring, metrics, samples, progress });
  const protocol = {
    ...scoring,
    metrics,
    samples,
    drawing: options.drawing,
    reference: [reference.id, reference.features.rows],
  };
  const { folder, earlier } = await openScores(out, {
    protocol: JSON.stringify(protocol),
    models: options.models,
    warn,
  });
  const recorder = new RunRecorder({ sinks: [], print: options.print, warn });
  const scorer = localScorer({ reference: reference.features, scoring, signals: false });
  try {
    recorder.writeInto(folder);
    const { projection } = await scorer.reference(samples);
    const start = {
      title: options.title,
      seed,
      samples,
      metrics,
      protocol,
      reference: { id: reference.id, count: reference.features.rows, projection },
      floor: referenceFloor(reference.features, samples, { ...scoring, metrics, onRefusal: () => {} }),
    };
    await recorder.start(start, reference.images, earlier);
    const scored = await scoreAll(options, { recorder, earlier, score: (request) => scorer.score(request) });
    // The recorder has pictures of what was scored now; the folder has those of earlier calls too.
    const report = await folder.save('report.html', await runReport(await runOfFolder(out)));
    return { ...scored, ...(report === undefined ? {} : { report: join(out, report) }) };
  } finally {
    folder.close();
  }
}

interface Scoring {
  readonly recorder: RunRecorder;
  readonly earlier: readonly ModelLine[];
  readonly score: ReturnType<typeof localScorer>['score'];
}

async function scoreAll(options: ScoreModelsOptions, { recorder, earlier, score }: Scoring): Promise<ScoredModels> {
  const { models, metrics, directory, warn, progress } = options;
  const metric = rankingMetric(metrics);
  const done = new Set(earlier.map(({ model }) => model));
  const pending = models.filter(({ path }) => !done.has(path));
  const checkpoints: ScoredModel[] = earlier.map(({ model, epoch, sha256, scores }) => ({
    model,
    epoch,
    sha256,
    scores,
  }));
  const failed: { model: string; reason: string }[] = [];
  if (done.size > 0) options.print(`${done.size} of ${models.length} models were scored before`);
  const best = () =>
    ranked(checkpoints.flatMap(({ model, epoch, scores }) => checkpointOf(epoch, model, scores, metric) ?? []));
  const record = async ({ path, epoch, sha256 }: HashedModel, { images, features }: ModelReading, since: number) => {
    const { scores, projection, warnings } = await score({ generated: features, metrics, withError: [] });
    if (scores.length === 0) throw new Error('its features are not finite');
    checkpoints.push({ model: path, epoch, sha256, scores });
    const kept = best();
    const line = {
      epoch,
      model: path,
      sha256,
      seconds: (performance.now() - since) / 1000,
      logs: {},
      scores,
      best: kept[0]?.directory === path,
      checkpoints: kept,
      projection,
      warnings,
    };
    await recorder.epoch(line, { images, features });
  };
  if (pending.length > 0) progress.start('models', pending.length);
  let index = 0;
  let since = performance.now();
  for await (const result of readModels(
    pending.map(({ path }) => join(directory, path)),
    options.readers,
  )) {
    const model = pending[index++]!;
    try {
      if ('failed' in result) throw result.failed;
      await record(model, result.reading, since);
    } catch (error) {
      const reason = (error as Error).message;
      failed.push({ model: model.path, reason });
      recorder.skipped(model.epoch, `${model.path}: ${reason}`);
    }
    since = performance.now();
    progress.advance(1);
  }
  progress.stop();
  const [top] = best();
  await recorder.end(outcomeOf(checkpoints.length, failed.length, top), top);
  if (checkpoints.length === 0 && failed.length > 0) warn('no model could be scored');
  checkpoints.sort((a, b) => a.epoch - b.epoch);
  return { checkpoints, failed, ...(top ? { best: top } : {}) };
}

function outcomeOf(scored: number, failed: number, top: CheckpointRecord | undefined): RunOutcome {
  const best = top ? ` The best by ${top.metric} is ${top.directory}.` : '';
  const lost = failed > 0 ? ` ${failed} could not be scored.` : '';
  return { kind: 'finished', sentence: `${scored} saved models were scored.${lost}${best}` };
}
