import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockRun } from '../src/monitor/run-lock.js';
import { temporaryFolder } from './temporary-folder.js';

describe('lockRun', () => {
  it('keeps a second monitor of the same program out, until the first has ended', () => {
    const folder = temporaryFolder();
    const unlock = lockRun(folder);
    expect(() => lockRun(folder)).toThrow('another monitor of this program writes into');
    unlock();
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
    lockRun(folder)();
  });

  it('keeps out of the folder of a living process', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    expect(() => lockRun(folder)).toThrow(`another monitor (process ${process.ppid}) writes into ${folder}`);
  });

  it('takes over the lock of a process that is gone', () => {
    const folder = temporaryFolder();
    const { pid } = spawnSync('true');
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ pid, host: hostname() }));
    const unlock = lockRun(folder);
    expect(JSON.parse(readFileSync(join(folder, 'run.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    unlock();
  });

  it.skipIf(process.platform !== 'linux')('takes over from a process whose number another one has now', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ pid: process.ppid, host: hostname(), born: '1' }));
    lockRun(folder)();
  });

  it('takes over a lock that a kill has torn, and leaves that of another machine', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'run.lock'), '{"pid":');
    lockRun(folder)();
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ pid: 1, host: 'elsewhere' }));
    expect(() => lockRun(folder)).toThrow('another monitor (process 1 on elsewhere) writes into');
  });
});
