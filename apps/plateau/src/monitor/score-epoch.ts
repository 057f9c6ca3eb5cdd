import type { FeatureExtractor } from '@plateau/features';
import type { ImageBatch } from '@plateau/images';
import { extractFeatures, type Score } from '@plateau/scorecard';
import type { Begun } from './begin-run.js';
import type { CellsReading } from './cells-probe.js';
import { imageSignals } from './collapse/image-signals.js';
import type { MonitorParts } from './monitor-parts.js';
import type { RunFolder } from './run-folder.js';
import type { RunRecorder } from './run-recorder.js';
import { saveCells } from './save-cells.js';

/** What trainers call the discriminator's loss. */
const lossNames = ['discriminatorLoss', 'discriminator_loss', 'dLoss', 'd_loss'];

/** An epoch whose samples are drawn. */
export interface DrawnEpoch {
  readonly epoch: number;
  readonly images: ImageBatch;
  /** The epoch's losses; scores are added under their ids. */
  readonly logs: Record<string, number>;
  /** When drawing began, by `performance.now()`. */
  readonly since: number;
  /** How many epochs were scored before. */
  readonly scored: number;
}

/** What an epoch is scored with. */
export interface EpochScoring {
  readonly parts: MonitorParts;
  readonly begun: Begun;
  readonly extractor: FeatureExtractor;
  readonly recorder: RunRecorder;
  readonly folder: RunFolder | undefined;
}

/** An epoch's scores, and whether it is the best so far. */
export interface EpochScores {
  readonly scores: readonly Score[];
  readonly best: boolean;
}

/** Embeds an epoch's samples, scores them, judges them, keeps the model where it is among the best, and tells of it all. */
export async function scoreEpoch(drawn: DrawnEpoch, scoring: EpochScoring): Promise<EpochScores> {
  const { epoch, images, logs, since, scored } = drawn;
  const { parts, begun, recorder, folder } = scoring;
  const { checkpoints, earlyStopping } = parts;
  const trained = numbersOf(logs);
  const generated = await embed(drawn, scoring);
  const { scores, signals, projection, warnings } = await begun.scorer.score({
    generated,
    metrics: metricsOf(parts, scored),
    withError: [...(earlyStopping?.metrics ?? []), ...(checkpoints ? [checkpoints.metric] : [])],
  });
  for (const { metric, value } of scores) logs[metric] = value;
  const reading = measureCells(drawn, parts);
  if (reading) await saveCells(folder, `epoch-${epoch}`, reading);
  const cells = reading ? { cells: reading.values } : {};
  const collapse = begun.decider.judge({
    epoch,
    ...(signals ? { signals: { ...signals, ...imageSignals(images), ...lossOf(trained) } } : {}),
    scores,
    ...cells,
  });
  const best = await offer(epoch, scores, scoring);
  const seconds = (performance.now() - since) / 1000;
  await recorder.epoch(
    {
      epoch,
      seconds,
      logs: trained,
      scores,
      ...(collapse?.sentence === undefined ? {} : { suspicion: collapse.sentence }),
      best,
      ...(collapse ? { collapse } : {}),
      checkpoints: checkpoints?.kept ?? [],
      projection,
      ...cells,
      warnings,
    },
    { images, features: generated },
  );
  return { scores, best };
}

async function embed({ epoch, images }: DrawnEpoch, { parts: { progress, signal }, extractor }: EpochScoring) {
  progress.start(`scoring epoch ${epoch}`, images.count);
  try {
    return await extractFeatures(images, extractor, { signal, onImages: (count) => progress.advance(count) });
  } finally {
    progress.stop();
  }
}

function metricsOf({ metrics, dear }: MonitorParts, scored: number): readonly string[] {
  return dear && scored % dear.every !== 0 ? metrics.filter((id) => !dear.metrics.includes(id)) : metrics;
}

function measureCells({ images, scored }: DrawnEpoch, { cells }: MonitorParts): CellsReading | undefined {
  return cells && scored % cells.every === 0 ? cells.measure(images) : undefined;
}

/** A checkpoint that can't be saved is no reason to end a run. */
async function offer(epoch: number, scores: readonly Score[], { parts, recorder }: EpochScoring): Promise<boolean> {
  try {
    return (await parts.checkpoints?.offer(epoch, scores)) ?? false;
  } catch (error) {
    recorder.warn(`the checkpoint of epoch ${epoch} was not saved: ${(error as Error).message}`);
    return false;
  }
}

function numbersOf(logs: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(logs).filter(([, value]) => typeof value === 'number'));
}

function lossOf(logs: Readonly<Record<string, number>>): { discriminatorLoss?: number } {
  const name = lossNames.find((candidate) => candidate in logs);
  return name === undefined ? {} : { discriminatorLoss: logs[name] };
}
