import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { appendWhole, type WriteBytes } from './append-whole.js';

/** Lines that wait for room on the disk; older ones are given up. */
const MOST_WAITING = 1000;

/**
 * A file of JSON lines that is never torn: a line is on the disk, whole, when `append` returns true.
 *
 * What a full disk refuses waits in memory and is written before the next line; a part of a line that was written is taken
 * back. Numbers that are not finite become `null`.
 */
export class LineFile {
  readonly #file: string;
  readonly #write: WriteBytes | undefined;
  #waiting: string[] = [];

  constructor(file: string, write?: WriteBytes) {
    this.#file = file;
    this.#write = write;
  }

  /** @returns whether everything up to this line is written */
  append(line: object): boolean {
    this.#waiting = [...this.#waiting.slice(-MOST_WAITING), `${JSON.stringify(line)}\n`];
    let descriptor: number | undefined;
    try {
      descriptor = openSync(this.#file, 'a');
      while (this.#waiting.length > 0) {
        appendWhole(descriptor, Buffer.from(this.#waiting[0]), this.#write);
        this.#waiting.shift();
      }
      fdatasyncSync(descriptor);
      return true;
    } catch {
      return false;
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
}

/**
 * The lines of a file, after a last one that a kill has torn was cut off. Other lines that are no JSON are left out.
 * JSON has no NaN: `null` is read as NaN.
 */
export function readLines(file: string): object[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) {
    const descriptor = openSync(file, 'r+');
    ftruncateSync(descriptor, whole);
    closeSync(descriptor);
  }
  return bytes
    .toString('utf8', 0, whole)
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line, (_, value: unknown) => (value === null ? NaN : value)) as object];
      } catch {
        return [];
      }
    });
}
