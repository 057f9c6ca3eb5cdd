import { existsSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { metricDefinition, type Score } from '@plateau/scorecard';
import writeFileAtomic from 'write-file-atomic';
import { modeOf } from './improvement.js';
import type { CheckpointRecord } from './run-event.js';

/** How checkpoints are kept. */
export interface TopCheckpointsOptions {
  readonly metric: string;
  /** How many. */
  readonly keep: number;
  /** Writes the model into a folder that doesn't exist yet. */
  readonly save: (directory: string) => Promise<void>;
}

/**
 * Keeps the checkpoints of the best scored epochs: `checkpoints/epoch-N`, named with their scores, best first, by
 * `checkpoints.json`, and the best alone by `best.json`.
 *
 * A checkpoint is whole before a file names it, and goes only after no file does: a kill at any moment leaves
 * readable files that name what is there.
 */
export class TopCheckpoints {
  readonly metric: string;
  readonly #directory: string;
  readonly #options: TopCheckpointsOptions;
  #kept: readonly CheckpointRecord[] = [];
  #staged: number | undefined;

  constructor(directory: string, options: TopCheckpointsOptions) {
    this.#directory = directory;
    this.#options = options;
    this.metric = options.metric;
  }

  /** Best first. */
  get kept(): readonly CheckpointRecord[] {
    return this.#kept;
  }

  get best(): CheckpointRecord | undefined {
    return this.#kept[0];
  }

  /** Takes up what an earlier run left, and clears away what a kill left half done. */
  async resume(before: number): Promise<void> {
    const kept = await readKept(this.#directory);
    const left = kept.filter(
      ({ epoch, metric, directory }) =>
        epoch < before && metric === this.metric && existsSync(join(this.#directory, directory)),
    );
    if (left.length < kept.length) await this.#name(left);
    this.#kept = left;
    await this.#sweep();
  }

  /** Saves the model as it is now, for an epoch whose score comes only while training goes on. */
  async stage(epoch: number): Promise<void> {
    await this.#options.save(join(this.#directory, pathOf(epoch)));
    this.#staged = epoch;
  }

  /**
   * Saves when the epoch's score is among the best.
   * @returns whether it is the best so far
   */
  async offer(epoch: number, scores: readonly Score[]): Promise<boolean> {
    const score = scores.find(({ metric }) => metric === this.metric);
    if (!score || !Number.isFinite(score.value)) return false;
    const sign = modeOf(metricDefinition(this.metric).direction) === 'min' ? 1 : -1;
    const directory = pathOf(epoch);
    const record: CheckpointRecord = {
      epoch,
      directory,
      metric: this.metric,
      value: score.value,
      ...(score.standardError === undefined ? {} : { standardError: score.standardError }),
    };
    const others = this.#kept.filter((kept) => kept.epoch !== epoch);
    const next = [...others, record].sort((a, b) => sign * (a.value - b.value)).slice(0, this.#options.keep);
    if (!next.includes(record)) {
      await this.#sweep();
      return false;
    }
    if (this.#staged !== epoch) await this.#options.save(join(this.#directory, directory));
    await this.#name(next);
    this.#kept = next;
    await this.#sweep();
    return next[0] === record;
  }

  /** Writes the files that name checkpoints. */
  async #name(kept: readonly CheckpointRecord[]): Promise<void> {
    const write = (name: string, content: object) =>
      writeFileAtomic(join(this.#directory, name), `${JSON.stringify(content, null, 2)}\n`);
    await write('checkpoints.json', kept);
    if (kept.length === 0) return rm(join(this.#directory, 'best.json'), { force: true });
    const [{ epoch, metric, value, directory }] = kept;
    await write('best.json', { epoch, metric, value, checkpoint: directory });
  }

  /** Removes the folders that nothing names any more. */
  async #sweep(): Promise<void> {
    const named = new Set(this.#kept.map(({ directory }) => directory));
    const folder = join(this.#directory, 'checkpoints');
    const found = await readdir(folder).catch(() => []);
    const left = found.filter((name) => /^epoch-\d+(\.draft-\d+)?$/.test(name) && !named.has(`checkpoints/${name}`));
    for (const name of left) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function pathOf(epoch: number): string {
  return `checkpoints/epoch-${epoch}`;
}

async function readKept(directory: string): Promise<readonly CheckpointRecord[]> {
  try {
    return JSON.parse(await readFile(join(directory, 'checkpoints.json'), 'utf8')) as readonly CheckpointRecord[];
  } catch {
    return [];
  }
}
