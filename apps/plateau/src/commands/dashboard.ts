import { stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { Command } from 'commander';
import { findRuns } from '../dashboard/find-runs.js';
import { startDashboard } from '../dashboard/start-dashboard.js';
import { warnOnStderr } from '../warn.js';
import { wholeNumber } from './option-parsers.js';

interface DashboardWords {
  readonly host: string;
  readonly port: number;
}

/** `plateau dashboard`: a live page of a run, or of several. */
export function dashboardCommand(): Command {
  return new Command('dashboard')
    .description('Serves a live page of a run, or of all runs in a folder, until Ctrl-C. It only reads.')
    .argument('<folder>', 'folder of a run, or a folder of such folders')
    .option('--host <address>', 'where to listen; others than this machine’s own let other machines in', '127.0.0.1')
    .option('--port <number>', 'port, or 0 for any that is free', wholeNumber(0), 5173)
    .action(serve);
}

async function serve(directory: string, { host, port }: DashboardWords): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new Error(`no folder ${directory}: give the folder of a run (createMonitor({ out }), plateau demo --out)`);
  }
  if (!isLoopback(host)) {
    warnOnStderr(`whoever reaches ${host} can see these runs; without --host only this machine can`);
  }
  const dashboard = await startDashboard({ directory, host, port });
  const runs = await findRuns(directory);
  process.stdout.write(`${dashboard.url} shows ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}; Ctrl-C ends it\n`);
  await interruption();
  await dashboard.close();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Waits for Ctrl-C; the timer keeps the process alive, which the server alone doesn't. */
async function interruption(): Promise<void> {
  const alive = setInterval(() => {}, 2 ** 30);
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  clearInterval(alive);
}
