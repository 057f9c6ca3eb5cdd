import { startDashboard, type DashboardOptions } from '../dashboard/start-dashboard.js';
import type { MonitorSink } from '../monitor/run-event.js';
import { printLine } from '../print-line.js';

/** Where the page of a run is served. */
export type DashboardSinkOptions = Pick<DashboardOptions, 'host' | 'port'> & {
  /** Told the page's address. Default: standard output. */
  readonly print?: (line: string) => void;
};

/**
 * Serves a live page of the run from its first scored epoch on, for this machine only, for as long as the process lives:
 * what `createMonitor({ dashboard: true })` adds.
 *
 * The page answers between two training steps; where these take seconds, `plateau dashboard run` in another terminal is
 * the livelier one.
 */
export function dashboardSink({ host, port, print = printLine }: DashboardSinkOptions = {}): MonitorSink {
  let url: string | undefined;
  return {
    name: 'dashboard',
    async start(_, { directory }) {
      if (directory === undefined) throw new RangeError('the dashboard shows a folder: give createMonitor({ out })');
      if (url !== undefined) return;
      ({ url } = await startDashboard({ directory, host, port }));
      print(`Dashboard: ${url}`);
    },
  };
}
