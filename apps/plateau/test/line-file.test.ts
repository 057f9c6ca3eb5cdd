import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendWholeToFile, type WriteBytes } from '../src/monitor/append-whole.js';
import { LineFile, readLines } from '../src/monitor/line-file.js';
import { temporaryFolder } from './temporary-folder.js';

/** A disk with room for so many more bytes: it writes what fits, and then fails as Linux does. */
function smallDisk(room: number): { write: WriteBytes; grow(bytes: number): void } {
  return {
    write(descriptor, bytes) {
      if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const written = writeSync(descriptor, bytes.subarray(0, Math.min(room, bytes.length)));
      room -= written;
      return written;
    },
    grow: (bytes) => (room += bytes),
  };
}

it('appends all or nothing: event files and tables are not torn by a full disk', () => {
  const file = join(temporaryFolder(), 'events');
  const disk = smallDisk(5);
  appendWholeToFile(file, 'abc', disk.write);
  expect(() => appendWholeToFile(file, 'defg', disk.write)).toThrow('ENOSPC');
  disk.grow(10);
  appendWholeToFile(file, Uint8Array.of(104, 105), disk.write);
  expect(readFileSync(file, 'utf8')).toBe('abchi');
});

describe('LineFile', () => {
  it('writes lines whole, with null for what is not finite', () => {
    const file = join(temporaryFolder(), 'lines');
    expect(new LineFile(file).append({ a: NaN, b: -Infinity, c: 1 })).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('{"a":null,"b":null,"c":1}\n');
    expect(readLines(file)).toEqual([{ a: NaN, b: NaN, c: 1 }]);
  });

  it('never leaves a torn line on a full disk, and writes what waited once there is room', () => {
    const file = join(temporaryFolder(), 'lines');
    const disk = smallDisk(30);
    const lines = new LineFile(file, disk.write);
    const written = [1, 2, 3, 4].map((epoch) => lines.append({ epoch, text: 'x' })); // 23 bytes each
    expect(written).toEqual([true, false, false, false]);
    expect(readFileSync(file, 'utf8')).toBe('{"epoch":1,"text":"x"}\n');
    disk.grow(1000);
    expect(lines.append({ epoch: 5, text: 'x' })).toBe(true);
    expect(readLines(file)).toEqual([1, 2, 3, 4, 5].map((epoch) => ({ epoch, text: 'x' })));
  });

  it('cuts off a last line that a kill has torn', () => {
    const file = join(temporaryFolder(), 'lines');
    writeFileSync(file, '{"epoch":0}\n{"epo');
    expect(readLines(file)).toEqual([{ epoch: 0 }]);
    expect(new LineFile(file).append({ epoch: 1 })).toBe(true);
    expect(readLines(file)).toEqual([{ epoch: 0 }, { epoch: 1 }]);
  });

  it('has no lines where there is no file', () => {
    expect(readLines(join(temporaryFolder(), 'none'))).toEqual([]);
  });
});
