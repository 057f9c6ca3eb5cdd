import { join } from 'node:path';
import type { FeatureExtractor } from '@plateau/features';
import type { ImageBatch } from '@plateau/images';
import {
  extractFeatures,
  extractorProtocol,
  runReport,
  scoreFeatures,
  type EpochRecord,
  type MetricOptions,
  type RunOutcome,
  type RunRecord,
  type Score,
  type ScoreFeaturesOptions,
} from '@plateau/scorecard';
import writeFileAtomic from 'write-file-atomic';
import { makeOutputFolder } from '../output-folder.js';
import type { Progress } from '../progress.js';
import type { BestCheckpoint, BestRecord } from './best-checkpoint.js';
import { CollapseDetector, type CollapseOptions, type CollapseState } from './collapse-detector.js';
import { diversitySignals, signalMetrics } from './diversity-signals.js';
import { EpochTable } from './epoch-table.js';
import { prepareReference, type PreparedReference, type ReferenceImages } from './reference.js';
import { RunLog } from './run-log.js';
import { SampleError, type Sampler } from './sampler.js';
import { SheetAlbum, sheetOf } from './sheet-album.js';

/** The parts of a monitor, as `createMonitor` puts them together. */
export interface MonitorParts {
  readonly title: string;
  readonly sample: Sampler;
  readonly samples?: number;
  readonly openReference: ReferenceImages;
  readonly openExtractor: () => Promise<{ readonly extractor: FeatureExtractor; readonly release: () => void }>;
  readonly every: number;
  readonly metrics: readonly string[];
  readonly metricOptions: Readonly<Record<string, MetricOptions>>;
  readonly seed: number;
  readonly out?: string;
  readonly checkpoint?: BestCheckpoint;
  readonly collapse: CollapseOptions | false;
  readonly print: (line: string) => void;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** What a scored or skipped epoch came to. */
export interface EpochReport {
  readonly epoch: number;
  /** False in the epochs between two scorings. */
  readonly scored: boolean;
  readonly scores: readonly Score[];
  /** Whether this epoch is the best so far. */
  readonly best: boolean;
  /** Whether training should end here. */
  readonly stop: boolean;
  /** Why, when it should. */
  readonly reason?: string;
}

/** How a run ended. */
export interface RunSummary {
  readonly outcome: RunOutcome;
  readonly best?: BestRecord;
  /** Path of report.html, when there is an output folder. */
  readonly report?: string;
}

interface Opened {
  readonly extractor: FeatureExtractor;
  readonly release: () => void;
  readonly reference: PreparedReference;
}

/** Watches one training run: scores samples after each epoch, keeps the best, says when to stop, writes the report. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #started = new Date();
  readonly #epochs: EpochRecord[] = [];
  readonly #album = new SheetAlbum();
  readonly #table = new EpochTable();
  #log?: RunLog;
  #opened?: Promise<Opened>;
  #reference?: PreparedReference;
  #detector?: CollapseDetector;
  #seen = 0;
  #busy = false;
  #stop?: RunOutcome;
  #ended?: RunSummary;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
  }

  /**
   * Opens the network and embeds the reference. `epochEnd` does this by itself; before the first epoch it shows bad
   * input at once.
   */
  async prepare(): Promise<void> {
    this.#ended = undefined;
    this.#opened ??= this.#open();
    try {
      await this.#opened;
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
  }

  /**
   * Scores the generator as it is now and writes the scores into `logs`. Call and await it after every epoch.
   * @param logs the epoch's losses; scores are added under their ids
   * @throws SampleError when the generator returns a wrong shape, count or range, or is not finite from the start
   * @example const { stop } = await monitor.epochEnd(epoch, { loss }); if (stop) break;
   */
  async epochEnd(epoch: number, logs: Record<string, number> = {}): Promise<EpochReport> {
    if (this.#busy)
      throw new Error(`epoch ${epoch} ended while an earlier one is being scored: await monitor.epochEnd(…)`);
    this.#busy = true;
    try {
      this.#seen += 1;
      if (this.#seen % this.#parts.every !== 0) return this.#reportOf(epoch, false, [], false);
      await this.prepare();
      return await this.#score(epoch, logs);
    } finally {
      this.#busy = false;
    }
  }

  /**
   * Ends the run: writes the report and frees the network. A second call does nothing; when training goes on later, the
   * monitor reopens by itself.
   */
  async end(outcome?: RunOutcome): Promise<RunSummary> {
    if (this.#ended) return this.#ended;
    const summary = await this.#writeReport(outcome ?? this.#stop ?? this.#finished());
    const opened = await this.#opened?.catch(() => undefined);
    this.#opened = undefined;
    opened?.release();
    this.#parts.print(summary.outcome.sentence);
    this.#ended = summary;
    return summary;
  }

  async #open(): Promise<Opened> {
    const { out, progress, signal, openReference, openExtractor, samples, seed } = this.#parts;
    const source = await openReference();
    if (out !== undefined) {
      await makeOutputFolder(out);
      this.#log ??= new RunLog(out);
    }
    const { extractor, release } = await openExtractor();
    try {
      this.#reference ??= await prepareReference(source, extractor, {
        ...this.#scoring(extractor),
        samples,
        progress,
        signal,
      });
      if (this.#parts.collapse !== false) {
        this.#detector ??= new CollapseDetector(this.#reference.signals, this.#parts.collapse);
      }
      this.#log?.append({
        event: 'reference',
        id: source.id,
        n: this.#reference.features.rows,
        seed,
        floor: this.#reference.floor,
      });
      return { extractor, release, reference: this.#reference };
    } catch (error) {
      release();
      throw error;
    }
  }

  async #score(epoch: number, logs: Record<string, number>): Promise<EpochReport> {
    const { extractor, reference } = await this.#opened!;
    const begun = performance.now();
    const trained = numbersOf(logs);
    let samples: ImageBatch;
    try {
      samples = await this.#parts.sample(reference.samples, epoch);
    } catch (error) {
      if (error instanceof SampleError && error.diverged && this.#epochs.length > 0)
        return this.#diverged(epoch, trained, error);
      throw error;
    }
    const scores = await this.#embedAndScore(samples, extractor, reference, epoch);
    const shown = scores.filter(({ metric }) => this.#parts.metrics.includes(metric));
    for (const { metric, value } of shown) logs[metric] = value;
    const collapse = this.#detector?.observe(diversitySignals(scores));
    const best = (await this.#parts.checkpoint?.offer(epoch, shown)) ?? false;
    const seconds = (performance.now() - begun) / 1000;
    this.#record({ epoch, seconds, logs: trained, scores: shown, suspicion: collapse?.evidence, best }, collapse);
    this.#album.add(epoch, sheetOf(samples));
    if (collapse?.collapsed) {
      this.#stop = {
        kind: 'collapse',
        sentence: `Stopped at epoch ${epoch}: the generator has collapsed. ${sentence(collapse.evidence!)}`,
      };
    }
    return this.#reportOf(epoch, true, shown, best);
  }

  async #embedAndScore(
    samples: ImageBatch,
    extractor: FeatureExtractor,
    reference: PreparedReference,
    epoch: number,
  ): Promise<Score[]> {
    const { progress, signal } = this.#parts;
    progress.start(`scoring epoch ${epoch}`, samples.count);
    try {
      const generated = await extractFeatures(samples, extractor, {
        signal,
        onImages: (count) => progress.advance(count),
      });
      const metrics = [...new Set([...this.#parts.metrics, ...signalMetrics])];
      return scoreFeatures(reference.features, generated, { ...this.#scoring(extractor), metrics });
    } finally {
      progress.stop();
    }
  }

  #scoring(extractor: FeatureExtractor): ScoreFeaturesOptions {
    const { metrics, metricOptions, seed } = this.#parts;
    return { metrics, options: metricOptions, seed, ...extractorProtocol(extractor) };
  }

  #record(record: EpochRecord, collapse: CollapseState | undefined): void {
    this.#epochs.push(record);
    this.#log?.append({ event: 'epoch', time: new Date().toISOString(), ...record, collapse });
    const note = [record.best ? 'best' : '', record.suspicion ? 'looks collapsed' : ''].filter(Boolean).join(', ');
    this.#table.lines(record.epoch, record.scores, note).forEach(this.#parts.print);
  }

  #diverged(epoch: number, logs: Record<string, number>, error: SampleError): EpochReport {
    this.#stop = {
      kind: 'divergence',
      sentence: `Stopped at epoch ${epoch}: training has diverged, ${error.message}.`,
    };
    this.#log?.append({ event: 'divergence', time: new Date().toISOString(), epoch, logs, reason: error.message });
    return this.#reportOf(epoch, false, [], false);
  }

  #reportOf(epoch: number, scored: boolean, scores: readonly Score[], best: boolean): EpochReport {
    const reason = this.#stop?.sentence;
    return { epoch, scored, scores, best, stop: reason !== undefined, ...(reason ? { reason } : {}) };
  }

  #finished(): RunOutcome {
    const last = this.#epochs.at(-1);
    if (!last) return { kind: 'finished', sentence: 'Finished without a scored epoch.' };
    return { kind: 'finished', sentence: `Finished after epoch ${last.epoch}; no collapse was seen.` };
  }

  async #writeReport(outcome: RunOutcome): Promise<RunSummary> {
    const { out, checkpoint, title } = this.#parts;
    const summary: RunSummary = { outcome, ...(checkpoint?.best ? { best: checkpoint.best } : {}) };
    if (out === undefined || !this.#reference) return summary;
    this.#log?.append({ event: 'end', time: new Date().toISOString(), ...summary });
    const { id, features, images, floor, samples } = this.#reference;
    const run: RunRecord = {
      title,
      started: this.#started,
      reference: { id, count: features.rows, sheet: sheetOf(images) },
      generatedCount: samples,
      floor,
      epochs: this.#epochs.map((record) => ({ ...record, sheet: this.#album.get(record.epoch) })),
      ...(summary.best ? { best: summary.best } : {}),
      outcome,
    };
    const report = join(out, 'report.html');
    await writeFileAtomic(report, await runReport(run));
    return { ...summary, report };
  }
}

function numbersOf(logs: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(logs).filter(([, value]) => typeof value === 'number'));
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
