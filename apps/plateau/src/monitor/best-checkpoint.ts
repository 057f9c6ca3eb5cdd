import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Score } from '@plateau/scorecard';

/** What `best.json` says. */
export interface BestRecord {
  readonly epoch: number;
  readonly metric: string;
  readonly value: number;
  /** Folder of the checkpoint, relative to the run's folder. */
  readonly checkpoint: string;
}

/**
 * Keeps the checkpoint of the best scored epoch: `checkpoints/epoch-N`, named by `best.json`.
 *
 * The new checkpoint is whole before `best.json` names it, and the old one goes only after: a kill at any moment leaves
 * a readable best.
 */
export class BestCheckpoint {
  readonly #directory: string;
  readonly #metric: string;
  readonly #save: (directory: string) => Promise<void>;
  #best?: BestRecord;

  constructor(directory: string, metric: string, save: (directory: string) => Promise<void>) {
    this.#directory = directory;
    this.#metric = metric;
    this.#save = save;
  }

  get best(): BestRecord | undefined {
    return this.#best;
  }

  /** Saves when the epoch's score is the best so far; true when it was. */
  async offer(epoch: number, scores: readonly Score[]): Promise<boolean> {
    const score = scores.find(({ metric }) => metric === this.#metric);
    if (!score || !Number.isFinite(score.value) || !this.#improves(score)) return false;
    const former = this.#best;
    const checkpoint = `checkpoints/epoch-${epoch}`;
    await this.#save(join(this.#directory, checkpoint));
    this.#best = { epoch, metric: this.#metric, value: score.value, checkpoint };
    await writeFileAtomic(join(this.#directory, 'best.json'), `${JSON.stringify(this.#best, null, 2)}\n`);
    if (former && former.checkpoint !== checkpoint) {
      await rm(join(this.#directory, former.checkpoint), { recursive: true, force: true });
    }
    return true;
  }

  #improves(score: Score): boolean {
    if (!this.#best) return true;
    return score.direction === 'higher' ? score.value > this.#best.value : score.value < this.#best.value;
  }
}

/** Reads the `best.json` of a run's folder. */
export async function readBest(directory: string): Promise<BestRecord> {
  return JSON.parse(await readFile(join(directory, 'best.json'), 'utf8')) as BestRecord;
}
