import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { makeOutputFolder } from '../output-folder.js';
import type { WriteBytes } from './append-whole.js';
import { LineFile, readLines } from './line-file.js';
import { lockRun } from './run-lock.js';
import type { RunLine } from './run-event.js';

/** How a run's folder is opened. */
export interface RunFolderOptions {
  /** Goes on with the run that is in it; without it that run is put aside. */
  readonly resume: boolean;
  readonly onWarning: (message: string) => void;
  readonly write?: WriteBytes;
}

/** How the folder of an earlier run begins. */
export const ASIDE = 'earlier-';
const LOG = 'metrics.jsonl';
/** What a run writes here; event files have folders of their own. */
const PARTS = [LOG, 'metrics.csv', 'samples', 'cells', 'checkpoints', 'checkpoints.json', 'best.json', 'report.html'];

/** The folder of one run: its log `metrics.jsonl`, its contact sheets, and the lock that keeps other monitors out. */
export class RunFolder {
  readonly directory: string;
  /** The lines of the run that goes on. */
  readonly earlier: readonly RunLine[];
  readonly #lines: LineFile;
  readonly #onWarning: (message: string) => void;
  #unlock: (() => void) | undefined;
  /** What can't be written at present: said once, until it works again. */
  readonly #failing = { lines: false, files: false };

  private constructor(directory: string, { resume, onWarning, write }: RunFolderOptions) {
    this.directory = directory;
    this.#onWarning = onWarning;
    this.#unlock = lockRun(directory);
    const file = join(directory, LOG);
    if (!resume) putAside(directory, onWarning);
    this.earlier = readLines(file) as RunLine[];
    this.#lines = new LineFile(file, write);
  }

  /** @throws Error when the folder can't be made or written, or another monitor holds it */
  static async open(directory: string, options: RunFolderOptions): Promise<RunFolder> {
    await makeOutputFolder(directory);
    return new RunFolder(directory, options);
  }

  /** Takes the folder again after `close`. */
  reopen(): void {
    this.#unlock ??= lockRun(this.directory);
  }

  append(line: RunLine): void {
    const written = this.#lines.append(line);
    if (!written && !this.#failing.lines) {
      this.#onWarning(`can't write ${join(this.directory, LOG)}: its lines wait for room on the disk`);
    }
    this.#failing.lines = !written;
  }

  /** Writes a file whole or not at all. @returns its path relative to the folder; undefined, with a warning, where that fails */
  async save(path: string, content: Uint8Array | string): Promise<string | undefined> {
    try {
      const file = join(this.directory, path);
      mkdirSync(join(file, '..'), { recursive: true });
      await writeFileAtomic(file, content as Buffer);
      this.#failing.files = false;
      return path;
    } catch (error) {
      if (!this.#failing.files)
        this.#onWarning(`can't write ${path}, nor perhaps what follows: ${(error as Error).message}`);
      this.#failing.files = true;
      return undefined;
    }
  }

  close(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }
}

/** Moves an earlier run with its checkpoints into a folder beside them, which is a run's folder of its own. */
function putAside(directory: string, onWarning: (message: string) => void): void {
  const log = join(directory, LOG);
  if (!existsSync(log)) return;
  const name = `${ASIDE}${statSync(log).mtime.toISOString().replace(/[:.]/g, '-')}`;
  const aside = join(directory, name);
  mkdirSync(aside, { recursive: true });
  // The log comes last: a kill before that leaves it where the next run finds it.
  for (const part of PARTS.toReversed()) {
    if (existsSync(join(directory, part))) renameSync(join(directory, part), join(aside, part));
  }
  onWarning(`what an earlier run left in ${directory} is now in ${name}`);
}
