import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** Writes bytes to a file, as `fs.writeSync` does. */
export type WriteBytes = (descriptor: number, bytes: Uint8Array) => number;

const writeBytes: WriteBytes = (descriptor, bytes) => writeSync(descriptor, bytes);

/** Appends bytes to an open file, all or none: what a full disk has taken of them is taken back before the error is thrown. */
export function appendWhole(descriptor: number, bytes: Uint8Array, write = writeBytes): void {
  const length = fstatSync(descriptor).size;
  try {
    for (let written = 0; written < bytes.length;) written += write(descriptor, bytes.subarray(written));
  } catch (error) {
    ftruncateSync(descriptor, length);
    throw error;
  }
}

/** The same for a file by its path, which is made where it is not there. */
export function appendWholeToFile(path: string, content: Uint8Array | string, write = writeBytes): void {
  const descriptor = openSync(path, 'a');
  try {
    appendWhole(descriptor, Buffer.from(content as string), write);
  } finally {
    closeSync(descriptor);
  }
}
