import { join } from 'node:path';
import type { FeatureExtractor } from '@plateau/features';
import type { ImageBatch } from '@plateau/images';
import {
  extractFeatures,
  extractorProtocol,
  referenceFloor,
  type RunOutcome,
  type Score,
  type ScoreFeaturesOptions,
} from '@plateau/scorecard';
import { imageSignals } from './collapse/image-signals.js';
import { EpochSampler } from './epoch-sampler.js';
import type { EpochReport, MonitorParts, RunSummary } from './monitor-parts.js';
import { localScorer, workerScorer, type Scorer } from './open-scorer.js';
import { prepareReference, type PreparedReference } from './reference.js';
import { RunDecider } from './run-decider.js';
import type { CheckpointRecord, RunLine, ScoredEpoch } from './run-event.js';
import { RunFolder } from './run-folder.js';
import { RunRecorder } from './run-recorder.js';
import { SampleError } from './sampler.js';
import { TimeoutError } from './with-timeout.js';

/** Scored with fewer samples than this, metrics of neighbours and kernels say nothing: a budget never goes below. */
const FEWEST_SAMPLES = 64;
const MOST_SAMPLES = 256;
/** What trainers call the discriminator's loss. */
const lossNames = ['discriminatorLoss', 'discriminator_loss', 'dLoss', 'd_loss'];

/** What is open while a run is on. */
interface Opened {
  readonly extractor: FeatureExtractor;
  readonly release: () => void;
  readonly reference: PreparedReference;
}

/** What the first scoring settles. */
interface Begun {
  readonly samples: number;
  readonly scorer: Scorer;
  readonly decider: RunDecider;
}

/** Watches one training run: scores samples after each epoch, keeps the best, says when to stop, writes the report. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #recorder: RunRecorder;
  readonly #sampler: EpochSampler;
  #folder?: RunFolder;
  #opening?: Promise<Opened>;
  #reference?: PreparedReference;
  #begun?: Begun;
  #inBackground?: Promise<void>;
  #seen = 0;
  #scored = 0;
  #busy = false;
  #ended?: RunSummary;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#recorder = new RunRecorder(parts);
    this.#sampler = new EpochSampler(parts.sample, parts.sampleTimeout);
    parts.budget?.trainingStarts();
  }

  /** The best checkpoint so far, that of a resumed run included. */
  get best(): CheckpointRecord | undefined {
    return this.#parts.checkpoints?.best;
  }

  /**
   * Opens the network and embeds the reference. `epochEnd` does this by itself; before the first epoch it shows bad
   * input at once.
   */
  async prepare(): Promise<void> {
    this.#ended = undefined;
    if (this.#opening) return void (await this.#opening);
    this.#parts.budget?.trainingStops();
    try {
      await (this.#opening = this.#open());
    } catch (error) {
      this.#opening = undefined;
      this.#folder?.close();
      throw error;
    } finally {
      this.#parts.budget?.trainingStarts();
    }
  }

  /**
   * Scores the generator as it is now and writes the scores into `logs`. Call and await it after every epoch.
   *
   * A generator that fails or hangs later than in its first scoring costs that scoring and a warning, never the run.
   * @param logs the epoch's losses; scores are added under their ids
   * @throws SampleError when the generator returns a wrong shape, count or range, or is not finite from the start
   * @example const { stop } = await monitor.epochEnd(epoch, { loss }); if (stop) break;
   */
  async epochEnd(epoch: number, logs: Record<string, number> = {}): Promise<EpochReport> {
    if (this.#busy)
      throw new Error(`epoch ${epoch} ended while an earlier one is being scored: await monitor.epochEnd(…)`);
    this.#busy = true;
    const { budget } = this.#parts;
    budget?.trainingStops();
    try {
      return await this.#epochEnd(epoch, logs);
    } finally {
      this.#busy = false;
      budget?.trainingStarts();
    }
  }

  /**
   * Ends the run: writes the report and frees the network. A second call does nothing; when training goes on later, the
   * monitor reopens by itself.
   */
  async end(outcome?: RunOutcome): Promise<RunSummary> {
    if (this.#ended) return this.#ended;
    await this.#inBackground;
    await this.#restoreBest();
    const ending = outcome ?? this.#begun?.decider.outcome ?? this.#finished();
    const report = await this.#recorder.end(ending, this.best);
    const opened = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    opened?.release();
    await this.#begun?.scorer.close();
    this.#folder?.close();
    this.#ended = { outcome: ending, ...(this.best ? { best: this.best } : {}), ...(report ? { report } : {}) };
    return this.#ended;
  }

  async #open(): Promise<Opened> {
    const { out, resume, warn, progress, signal, openReference, openExtractor, samples, metrics } = this.#parts;
    const source = await openReference();
    if (out !== undefined) {
      if (this.#folder) this.#folder.reopen();
      else this.#folder = await RunFolder.open(out, { resume, onWarning: warn });
      this.#recorder.writeInto(this.#folder);
    }
    const { extractor, release } = await openExtractor();
    try {
      this.#reference ??= await prepareReference(source, extractor, {
        ...this.#scoring(extractor),
        metrics,
        samples: samples ?? MOST_SAMPLES,
        progress,
        signal,
      });
      return { extractor, release, reference: this.#reference };
    } catch (error) {
      release();
      throw error;
    }
  }

  async #epochEnd(epoch: number, logs: Record<string, number>): Promise<EpochReport> {
    const { every, budget, background } = this.#parts;
    const before = this.#scored;
    this.#seen += 1;
    if (every !== undefined ? this.#seen % every !== 0 : budget?.allows() === false) return this.#report(epoch);
    if (this.#inBackground) {
      this.#recorder.skipped(epoch, 'an earlier epoch is still being scored');
      return this.#report(epoch);
    }
    await this.prepare();
    budget?.trainingStops();
    const opened = await this.#opening!;
    const begun = (this.#begun ??= await this.#begin(epoch, opened));
    const since = performance.now();
    const drawn = await this.#sampler.draw(begun.samples, epoch);
    if (!('images' in drawn)) return this.#notDrawn(epoch, drawn);
    if (background) await this.#stage(epoch);
    const scoring = this.#score(epoch, logs, drawn.images, { opened, begun, since });
    if (!background) {
      const scored = await scoring.catch((error: Error) => this.#notScored(epoch, error));
      return scored ? this.#report(epoch, scored) : this.#report(epoch);
    }
    this.#inBackground = scoring
      .then(
        () => {},
        (error: Error) => this.#recorder.skipped(epoch, error.message),
      )
      .finally(() => (this.#inBackground = undefined));
    // The first scoring is waited for: what is wrong with it is wrong with all.
    if (before === 0) await scoring;
    return this.#report(epoch);
  }

  /** Settles what the first scored epoch decides: the number of samples, what came before it, the reference's own values. */
  async #begin(epoch: number, { extractor, reference }: Opened): Promise<Begun> {
    const { title, seed, metrics, collapse, checkpoints, budget, background, resume, cells } = this.#parts;
    const wanted = this.#parts.samples ?? Math.min(reference.features.rows, MOST_SAMPLES);
    const samples =
      this.#parts.samples ??
      budget?.samples(wanted, Math.min(wanted, FEWEST_SAMPLES), reference.secondsPerImage) ??
      wanted;
    const scoring = this.#scoring(extractor);
    const setup = { reference: reference.features, scoring, signals: collapse !== false };
    const scorer = background ? workerScorer(setup) : localScorer(setup);
    const { projection, yardstick } = await scorer.reference(samples);
    const own = yardstick && { ...yardstick, values: { ...yardstick.values, ...reference.imageSignals } };
    const decider = new RunDecider(own, this.#parts);
    const earlier = resume ? epochsBefore(epoch, this.#folder?.earlier ?? []) : [];
    decider.replay(earlier);
    this.#scored = earlier.length;
    await checkpoints?.resume(resume ? epoch : 0);
    await this.#recorder.start(
      {
        title,
        seed,
        samples,
        metrics,
        ...(earlier.length > 0 ? { resumedFrom: epoch } : {}),
        reference: { id: reference.id, count: reference.features.rows, projection },
        // The halves are smaller than what will be scored: a metric that refuses them has no floor, and that is no error.
        floor: referenceFloor(reference.features, samples, { ...scoring, metrics, onRefusal: () => {} }),
      },
      reference.images,
      earlier,
    );
    if (cells) await this.#saveCells('reference', cells.prepare(reference.images));
    return { samples, scorer, decider };
  }

  async #score(
    epoch: number,
    logs: Record<string, number>,
    images: ImageBatch,
    { opened, begun, since }: { readonly opened: Opened; readonly begun: Begun; readonly since: number },
  ): Promise<{ readonly scores: readonly Score[]; readonly best: boolean }> {
    const { metrics, dear, checkpoints, earlyStopping, cells, budget, progress, signal } = this.#parts;
    const trained = numbersOf(logs);
    progress.start(`scoring epoch ${epoch}`, images.count);
    const generated = await extractFeatures(images, opened.extractor, {
      signal,
      onImages: (count) => progress.advance(count),
    }).finally(() => progress.stop());
    const wanted = metrics.filter((id) => !dear?.metrics.includes(id) || this.#scored % dear.every === 0);
    const withError = [...(earlyStopping?.metrics ?? []), ...(checkpoints ? [checkpoints.metric] : [])];
    const { scores, signals, projection, warnings } = await begun.scorer.score({
      generated,
      metrics: wanted,
      withError,
    });
    const reading = cells && this.#scored % cells.every === 0 ? cells.measure(images) : undefined;
    if (reading) await this.#saveCells(`epoch-${epoch}`, reading);
    for (const { metric, value } of scores) logs[metric] = value;
    const collapse = begun.decider.judge({
      epoch,
      ...(signals ? { signals: { ...signals, ...imageSignals(images), ...lossOf(trained) } } : {}),
      scores,
      ...(reading ? { cells: reading.values } : {}),
    });
    const best = await this.#offer(epoch, scores);
    const seconds = (performance.now() - since) / 1000;
    budget?.spend(seconds);
    this.#scored += 1;
    await this.#recorder.epoch(
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
        ...(reading ? { cells: reading.values } : {}),
        warnings,
      },
      { images, features: generated },
    );
    return { scores, best };
  }

  /** The weights will have moved on when the score is known. */
  async #stage(epoch: number): Promise<void> {
    try {
      await this.#parts.checkpoints?.stage(epoch);
    } catch (error) {
      this.#recorder.warn(`the checkpoint of epoch ${epoch} was not saved: ${(error as Error).message}`);
    }
  }

  async #offer(epoch: number, scores: readonly Score[]): Promise<boolean> {
    try {
      return (await this.#parts.checkpoints?.offer(epoch, scores)) ?? false;
    } catch (error) {
      this.#recorder.warn(`the checkpoint of epoch ${epoch} was not saved: ${(error as Error).message}`);
      return false;
    }
  }

  async #saveCells(
    name: string,
    { overlay, distributions }: ReturnType<NonNullable<MonitorParts['cells']>['measure']>,
  ) {
    await this.#folder?.save(`cells/${name}.png`, overlay);
    await this.#folder?.save(`cells/${name}.json`, JSON.stringify(distributions));
  }

  #notDrawn(epoch: number, drawn: { readonly diverged: string } | { readonly failed: Error }): EpochReport {
    if ('failed' in drawn) {
      this.#notScored(epoch, drawn.failed);
    } else {
      if (this.#scored === 0) throw new SampleError(drawn.diverged, true);
      this.#begun!.decider.diverge(epoch, drawn.diverged);
      this.#recorder.skipped(epoch, drawn.diverged);
    }
    return this.#report(epoch);
  }

  /** In the first scoring whatever is wrong is an error; later it costs one scoring. */
  #notScored(epoch: number, error: Error): undefined {
    this.#parts.signal?.throwIfAborted();
    if (this.#scored === 0 && !(error instanceof TimeoutError)) throw error;
    this.#recorder.skipped(epoch, error.message);
    return undefined;
  }

  #report(epoch: number, scored?: { readonly scores: readonly Score[]; readonly best: boolean }): EpochReport {
    const reason = this.#begun?.decider.outcome?.sentence;
    return {
      epoch,
      scored: scored !== undefined,
      scores: scored?.scores ?? [],
      best: scored?.best ?? false,
      stop: reason !== undefined,
      ...(reason ? { reason } : {}),
    };
  }

  #scoring(extractor: FeatureExtractor): Omit<ScoreFeaturesOptions, 'metrics' | 'onRefusal'> {
    const { metricOptions, seed } = this.#parts;
    return { options: metricOptions, seed, ...extractorProtocol(extractor) };
  }

  async #restoreBest(): Promise<void> {
    const { restoreBest } = this.#parts;
    if (!restoreBest || !this.best || !this.#folder) return;
    try {
      await restoreBest(join(this.#folder.directory, this.best.directory));
    } catch (error) {
      this.#recorder.warn(`the best checkpoint was not restored: ${(error as Error).message}`);
    }
  }

  #finished(): RunOutcome {
    const last = this.#recorder.epochs.at(-1);
    if (!last) return { kind: 'finished', sentence: 'Finished without a scored epoch.' };
    return { kind: 'finished', sentence: `Finished after epoch ${last.epoch}; no failure was seen.` };
  }
}

/** The scored epochs before one, each as it was scored last. */
function epochsBefore(epoch: number, lines: readonly RunLine[]): ScoredEpoch[] {
  const byEpoch = new Map<number, ScoredEpoch>();
  for (const line of lines) {
    if (line.event === 'epoch' && line.epoch < epoch) byEpoch.set(line.epoch, line);
  }
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

function numbersOf(logs: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(logs).filter(([, value]) => typeof value === 'number'));
}

function lossOf(logs: Readonly<Record<string, number>>): { discriminatorLoss?: number } {
  const name = lossNames.find((candidate) => candidate in logs);
  return name === undefined ? {} : { discriminatorLoss: logs[name] };
}
