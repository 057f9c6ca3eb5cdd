import type { FeatureExtractor } from '@plateau/features';
import { extractorProtocol, referenceFloor, type ScoreFeaturesOptions } from '@plateau/scorecard';
import type { MonitorParts } from './monitor-parts.js';
import { localScorer, workerScorer, type Scorer } from './open-scorer.js';
import type { PreparedReference } from './reference.js';
import { RunDecider } from './run-decider.js';
import type { RunLine, ScoredEpoch } from './run-event.js';
import type { RunFolder } from './run-folder.js';
import type { RunRecorder } from './run-recorder.js';
import { saveCells } from './save-cells.js';

/** The most samples that are scored when nobody says how many. */
export const MOST_SAMPLES = 256;
/** Of fewer samples, metrics of neighbours and kernels say nothing: a budget never goes below. */
const FEWEST_SAMPLES = 64;

/** What the first scoring settles. */
export interface Begun {
  readonly samples: number;
  readonly scorer: Scorer;
  readonly decider: RunDecider;
  /** Epochs that an earlier part of the run has scored. */
  readonly earlier: number;
}

/** What a run begins with. */
export interface Beginning {
  readonly parts: MonitorParts;
  readonly extractor: FeatureExtractor;
  readonly reference: PreparedReference;
  readonly recorder: RunRecorder;
  readonly folder: RunFolder | undefined;
}

/**
 * Settles what the first scored epoch decides: the number of samples, what came before it, the reference's own values.
 * @param epoch the first that is scored
 */
export async function beginRun(epoch: number, beginning: Beginning): Promise<Begun> {
  const { parts, extractor, reference, recorder, folder } = beginning;
  const { title, seed, metrics, collapse, checkpoints, background, resume, cells } = parts;
  const { features, imageSignals } = reference;
  const samples = samplesOf(parts, reference);
  const scoring = scoringOf(parts, extractor);
  const setup = { reference: features, scoring, signals: collapse !== false };
  const scorer = background ? workerScorer(setup) : localScorer(setup);
  const { projection, yardstick } = await scorer.reference(samples);
  const own = yardstick && { ...yardstick, values: { ...yardstick.values, ...imageSignals } };
  const decider = new RunDecider(own, parts);
  const earlier = resume ? epochsBefore(epoch, folder?.earlier ?? []) : [];
  decider.replay(earlier);
  await checkpoints?.resume(resume ? epoch : 0);
  await recorder.start(
    {
      title,
      seed,
      samples,
      metrics,
      ...(earlier.length > 0 ? { resumedFrom: epoch } : {}),
      reference: { id: reference.id, count: features.rows, projection },
      // The halves are smaller than what will be scored: a metric that refuses them has no floor, and that is no error.
      floor: referenceFloor(features, samples, { ...scoring, metrics, onRefusal: () => {} }),
    },
    reference.images,
    earlier,
  );
  if (cells) await saveCells(folder, 'reference', cells.prepare(reference.images));
  return { samples, scorer, decider, earlier: earlier.length };
}

/** What every scoring of a run shares. */
export function scoringOf(
  { metricOptions, seed }: MonitorParts,
  extractor: FeatureExtractor,
): Omit<ScoreFeaturesOptions, 'metrics' | 'onRefusal'> {
  return { options: metricOptions, seed, ...extractorProtocol(extractor) };
}

function samplesOf({ samples, budget }: MonitorParts, { features, secondsPerImage }: PreparedReference): number {
  const wanted = Math.min(features.rows, MOST_SAMPLES);
  return samples ?? budget?.samples(wanted, Math.min(wanted, FEWEST_SAMPLES), secondsPerImage) ?? wanted;
}

/** The scored epochs before one, each as it was scored last. */
function epochsBefore(epoch: number, lines: readonly RunLine[]): ScoredEpoch[] {
  const byEpoch = new Map<number, ScoredEpoch>();
  for (const line of lines) {
    if (line.event === 'epoch' && line.epoch < epoch) byEpoch.set(line.epoch, line);
  }
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}
