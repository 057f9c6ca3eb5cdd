import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Appends one JSON object a line to `metrics.jsonl`; each line is on disk before the run goes on. */
export class RunLog {
  readonly #file: string;

  /** Begins a new file in `directory`; the one of an earlier run is kept under the time it was last written. */
  constructor(directory: string) {
    this.#file = join(directory, 'metrics.jsonl');
    if (existsSync(this.#file)) {
      const time = statSync(this.#file).mtime.toISOString().replace(/[:.]/g, '-');
      renameSync(this.#file, join(directory, `metrics-${time}.jsonl`));
    }
  }

  append(record: object): void {
    appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
  }
}
