import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';

/** Writes bytes to a file, as `fs.writeSync` does. */
export type WriteBytes = (descriptor: number, bytes: Uint8Array) => number;

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
  readonly #write: WriteBytes;
  #waiting: string[] = [];

  constructor(file: string, write: WriteBytes = (descriptor, bytes) => writeSync(descriptor, bytes)) {
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
        this.#appendWhole(descriptor, Buffer.from(this.#waiting[0]));
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

  #appendWhole(descriptor: number, bytes: Uint8Array): void {
    const length = fstatSync(descriptor).size;
    try {
      for (let written = 0; written < bytes.length;) written += this.#write(descriptor, bytes.subarray(written));
    } catch (error) {
      ftruncateSync(descriptor, length);
      throw error;
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
