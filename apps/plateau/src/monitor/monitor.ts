import { join } from 'node:path';
import type { FeatureExtractor } from '@plateau/features';
import type { RunOutcome } from '@plateau/scorecard';
import { beginRun, MOST_SAMPLES, scoringOf, type Begun } from './begin-run.js';
import { EpochSampler } from './epoch-sampler.js';
import type { EpochReport, MonitorParts, RunSummary } from './monitor-parts.js';
import { prepareReference, type PreparedReference } from './reference.js';
import type { CheckpointRecord } from './run-event.js';
import { RunFolder } from './run-folder.js';
import { RunRecorder } from './run-recorder.js';
import { SampleError } from './sampler.js';
import { scoreEpoch, type EpochScores } from './score-epoch.js';
import { TimeoutError } from './with-timeout.js';

/** What is open while a run is on. */
interface Opened {
  readonly extractor: FeatureExtractor;
  readonly release: () => void;
  readonly reference: PreparedReference;
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
    const source = this.#reference ? undefined : await openReference();
    if (out !== undefined) {
      if (this.#folder) this.#folder.reopen();
      else this.#folder = await RunFolder.open(out, { resume, onWarning: warn });
      this.#recorder.writeInto(this.#folder);
    }
    const { extractor, release } = await openExtractor();
    try {
      if (source) {
        const scoring = scoringOf(this.#parts, extractor);
        const count = samples ?? MOST_SAMPLES;
        this.#reference = await prepareReference(source, extractor, {
          ...scoring,
          metrics,
          samples: count,
          progress,
          signal,
        });
      }
      return { extractor, release, reference: this.#reference! };
    } catch (error) {
      release();
      throw error;
    }
  }

  async #epochEnd(epoch: number, logs: Record<string, number>): Promise<EpochReport> {
    const { every, budget, background } = this.#parts;
    if (every !== undefined ? (epoch + 1) % every !== 0 : budget?.allows() === false) return this.#report(epoch);
    if (this.#inBackground) {
      this.#recorder.skipped(epoch, 'an earlier epoch is still being scored');
      return this.#report(epoch);
    }
    await this.prepare();
    budget?.trainingStops();
    const opened = await this.#opening!;
    const begun = await this.#begin(epoch, opened);
    const before = this.#scored;
    const since = performance.now();
    const drawn = await this.#sampler.draw(begun.samples, epoch);
    if (!('images' in drawn)) return this.#notDrawn(epoch, drawn);
    if (background) await this.#stage(epoch);
    const scoring = scoreEpoch(
      { epoch, logs, images: drawn.images, since, scored: before },
      { parts: this.#parts, begun, extractor: opened.extractor, recorder: this.#recorder, folder: this.#folder },
    ).then((scores) => {
      this.#scored += 1;
      budget?.spend((performance.now() - since) / 1000);
      return scores;
    });
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

  async #begin(epoch: number, { extractor, reference }: Opened): Promise<Begun> {
    if (this.#begun) return this.#begun;
    const [parts, recorder, folder] = [this.#parts, this.#recorder, this.#folder];
    const since = performance.now();
    this.#begun = await beginRun(epoch, { parts, extractor, reference, recorder, folder });
    this.#scored = this.#begun.earlier;
    parts.budget?.charge((performance.now() - since) / 1000);
    return this.#begun;
  }

  /** The weights will have moved on when the score is known. */
  async #stage(epoch: number): Promise<void> {
    try {
      await this.#parts.checkpoints?.stage(epoch);
    } catch (error) {
      this.#recorder.warn(`the checkpoint of epoch ${epoch} was not saved: ${(error as Error).message}`);
    }
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

  #report(epoch: number, scored?: EpochScores): EpochReport {
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
