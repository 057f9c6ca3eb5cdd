import { join } from 'node:path';
import type { ImageBatch } from '@plateau/images';
import { runReport, type EpochRecord, type RunOutcome, type Score } from '@plateau/scorecard';
import { runOfFolder } from '../report/run-of-folder.js';
import { EpochTable } from './epoch-table.js';
import type { RunFolder } from './run-folder.js';
import type {
  CheckpointRecord,
  EpochSamples,
  MonitorSink,
  RunEnd,
  RunLine,
  RunStart,
  ScoredEpoch,
} from './run-event.js';
import { sheetOf } from './sheet-of.js';
import { SinkHub } from './sink-hub.js';

/** Where a run is told to. */
export interface RecorderOptions {
  readonly sinks: readonly MonitorSink[];
  readonly print: (line: string) => void;
  readonly warn: (message: string) => void;
}

/** An epoch as the monitor has it, before its pictures are written. */
export type NewEpoch = Omit<ScoredEpoch, 'time' | 'sheet'>;

/** Tells of a run: table, log, pictures, sinks, report. None of them can fail the run. */
export class RunRecorder {
  readonly #options: RecorderOptions;
  readonly #hub: SinkHub;
  readonly #table = new EpochTable();
  readonly #epochs: EpochRecord[] = [];
  readonly #warned = new Set<string>();
  #folder?: RunFolder;
  #started = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#hub = new SinkHub(options.sinks, (message) => this.warn(message));
  }

  /** Scored epochs, those before a resumption included. */
  get epochs(): readonly EpochRecord[] {
    return this.#epochs;
  }

  writeInto(folder: RunFolder): void {
    this.#folder = folder;
  }

  async start(
    run: Omit<RunStart, 'time' | 'reference'> & { readonly reference: Omit<RunStart['reference'], 'sheet'> },
    images: ImageBatch,
    earlier: readonly ScoredEpoch[],
  ): Promise<void> {
    const sheet = sheetOf(images);
    const path = await this.#folder?.save('samples/reference.png', sheet);
    const started: RunStart = {
      ...run,
      time: now(),
      reference: { ...run.reference, ...(path === undefined ? {} : { sheet: path }) },
    };
    this.#started = true;
    this.#folder?.append({ event: 'start', ...started });
    this.#hub.start(started, { directory: this.#folder?.directory, sheet, earlier });
    this.#epochs.push(...earlier.map(withoutPictures));
  }

  async epoch(record: NewEpoch, samples: Omit<EpochSamples, 'sheet'>): Promise<void> {
    const sheet = sheetOf(samples.images);
    const path = await this.#folder?.save(`samples/epoch-${record.epoch}.png`, sheet);
    const scored: ScoredEpoch = { ...record, time: now(), ...(path === undefined ? {} : { sheet: path }) };
    this.#epochs.push(withoutPictures(scored));
    this.#folder?.append({ event: 'epoch', ...scored });
    this.#hub.epoch(scored, { ...samples, sheet });
    const note = [record.best ? 'best' : '', record.collapse?.looks ? `looks like ${record.collapse.looks}` : ''];
    this.#table.lines(record.epoch, record.scores, note.filter(Boolean).join(', ')).forEach(this.#options.print);
  }

  /** An epoch that should have been scored and was not. */
  skipped(epoch: number, reason: string): void {
    this.#note({ event: 'skipped', time: now(), epoch, reason });
    this.#options.warn(`epoch ${epoch} was not scored: ${reason}`);
  }

  /** Says each thing once. */
  warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#note({ event: 'warning', time: now(), message });
    this.#options.warn(message);
  }

  /** Writes the last line and the report. @returns the report's path, where there is one */
  async end(outcome: RunOutcome, best: CheckpointRecord | undefined): Promise<string | undefined> {
    const summary: RunEnd = { time: now(), outcome, ...(best ? { best } : {}) };
    if (this.#started) {
      this.#folder?.append({ event: 'end', ...summary });
      await this.#hub.end(summary);
    }
    this.#options.print(outcome.sentence);
    return this.#started ? this.#report() : undefined;
  }

  #note(line: RunLine): void {
    this.#folder?.append(line);
    this.#hub.note(line);
  }

  async #report(): Promise<string | undefined> {
    if (!this.#folder) return undefined;
    try {
      const path = await this.#folder.save('report.html', await runReport(await runOfFolder(this.#folder.directory)));
      return path === undefined ? undefined : join(this.#folder.directory, path);
    } catch (error) {
      this.warn(`the report was not made: ${(error as Error).message}`);
      return undefined;
    }
  }
}

/** What stays in memory of an epoch: pictures are in the folder. */
function withoutPictures({ sheet: _sheet, projection: _projection, ...record }: ScoredEpoch): EpochRecord {
  return { ...record, scores: record.scores.map(withoutDetails) };
}

/** Curves and values per sample are in the log. */
function withoutDetails({ details: _details, ...score }: Score): Score {
  return score;
}

function now(): string {
  return new Date().toISOString();
}
