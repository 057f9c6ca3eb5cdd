import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Who holds a run's folder. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own count: tells a process from a later one with its number. */
  readonly born?: string;
}

/** Folders that this process holds. */
const held = new Set<string>();

/**
 * Takes a run's folder for one monitor: `run.lock` names the process. The lock of a process that is gone is taken over.
 * @returns gives the folder back
 * @throws Error when another monitor holds it
 */
export function lockRun(directory: string): () => void {
  const file = join(directory, 'run.lock');
  if (held.has(directory)) throw new Error(`another monitor of this program writes into ${directory}: ${advice}`);
  for (let attempt = 0; !create(file); attempt += 1) {
    const holder = read(file);
    if (holder && (attempt > 1 || lives(holder))) {
      const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
      throw new Error(
        `another monitor (process ${holder.pid}${where}) writes into ${directory}: ${advice}, or delete run.lock if it is gone`,
      );
    }
    takeAway(file);
  }
  held.add(directory);
  return () => {
    if (held.delete(directory)) rmSync(file, { force: true });
  };
}

const advice = 'give each run a folder of its own';

function create(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    const holder: Holder = { pid: process.pid, host: hostname(), born: birthOf(process.pid) };
    writeSync(descriptor, JSON.stringify(holder));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

/** Renamed first, so that of two programs that find a stale lock only one takes it away. */
function takeAway(file: string): void {
  const away = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  rmSync(away, { force: true });
}

/** A lock that was torn by a kill names no one. */
function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Of another machine nothing can be known: its lock stands. */
function lives({ pid, host, born }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = birthOf(pid);
  return born === undefined || now === undefined || born === now;
}

/** The start time in Linux's process table; unknown elsewhere. */
function birthOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
