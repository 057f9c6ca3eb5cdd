import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DashboardPages } from './dashboard-pages.js';
import { reply } from './reply.js';

/** Where the page is served, and of what. */
export interface DashboardOptions {
  /** The folder of a run, or a folder of such folders. */
  readonly directory: string;
  /** Default 127.0.0.1: only this machine can see the page. */
  readonly host?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** Milliseconds between two looks at the folder. Default 1000. */
  readonly interval?: number;
}

/** A dashboard that is being served. */
export interface Dashboard {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a live page of a run, or of the runs of a folder. It only reads, and only what the page shows: the log and the
 * pictures that a monitor writes.
 *
 * The server alone doesn't keep a process alive.
 * @throws Error when the address can't be used
 * @example const { url } = await startDashboard({ directory: 'runs' });
 */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { host = '127.0.0.1', port = 0 } = options;
  const pages = new DashboardPages(options);
  const server = createServer((request, response) => {
    pages.answer(request, response, host).catch((error: Error) => {
      if (!response.headersSent) reply(response, 500, 'text/plain', `can't show this: ${error.message}\n`);
      else response.end();
    });
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        new Error(`can't listen at ${host}:${port} (${error.code}); choose another --host or --port`, { cause: error }),
      ),
    );
    server.listen(port, host, done);
  });
  server.unref();
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`,
    close: () =>
      new Promise((done) => {
        pages.close();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
