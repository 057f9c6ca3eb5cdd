import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { pageStyle, projectionPlot, renderSvg, runSections, type RunRecord } from '@plateau/scorecard';
import { findRuns, type FoundRun } from './find-runs.js';
import { LiveParts } from './live-parts.js';
import { overviewSections, runAddress } from './overview.js';
import { pageParts, servedPage, type PagePart } from './page-part.js';
import { pageScript } from './page-script.js';
import { readPicture } from './read-picture.js';
import { readRun, runLogName } from './read-run.js';
import { guardHeaders, namesThisServer, pathParts } from './request-guard.js';

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

const otherName = 'open this page by its address or as localhost: other names may be made up to read it\n';

/** Pages that can be watched at a time. */
const mostWatchers = 64;

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

class DashboardPages {
  readonly #root: string;
  readonly #interval: number;
  readonly #live = new Map<string, LiveParts>();

  constructor({ directory, interval = 1000 }: DashboardOptions) {
    this.#root = resolve(directory);
    this.#interval = interval;
  }

  async answer(request: IncomingMessage, response: ServerResponse, host: string): Promise<void> {
    if (!namesThisServer(request, host)) return reply(response, 403, 'text/plain', otherName);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return reply(response, 405, 'text/plain', 'this page only shows: GET and HEAD\n');
    }
    const parts = pathParts(request.url ?? '/');
    const [area, name, what, ...rest] = parts ?? ['?'];
    if (area === 'style.css' && name === undefined) return reply(response, 200, 'text/css', pageStyle);
    if (area === 'page.js' && name === undefined) return reply(response, 200, 'text/javascript', pageScript);
    const runs = await this.#runs();
    const only = runs.length === 1 && runs[0]!.directory === this.#root ? runs[0] : undefined;
    if (area === '' && name === undefined) return only ? this.#runPage(response, only) : this.#overviewPage(response);
    if (area === 'events' && name === undefined)
      return this.#watch(request, response, 'overview', () => this.#overview());
    const run = area === 'runs' ? runs.find((one) => one.name === name) : undefined;
    if (run && what === '' && rest.length === 0) return this.#runPage(response, run, only === undefined);
    if (run && what === 'events' && rest.length === 0) {
      return this.#watch(request, response, run.directory, () => this.#runParts(run));
    }
    if (run && what === 'files') return picture(response, await readPicture(run.directory, rest.join('/')));
    if (run && what === 'projection' && rest.length === 1) return this.#projection(response, run, rest[0]!);
    return reply(response, 404, 'text/plain', 'no such page\n');
  }

  close(): void {
    this.#live.forEach((live) => live.close());
  }

  /** A folder that is not there yet has no runs yet. */
  async #runs(): Promise<FoundRun[]> {
    return findRuns(this.#root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  async #runPage(response: ServerResponse, run: FoundRun, hasOverview = false): Promise<void> {
    const parts = await this.#runParts(run);
    const above = hasOverview ? '<a href="/">All runs</a> · ' : '';
    reply(response, 200, 'text/html', servedPage(run.name, `${runAddress(run.name)}events`, parts, above));
  }

  async #overviewPage(response: ServerResponse): Promise<void> {
    reply(response, 200, 'text/html', servedPage(`Runs in ${basename(this.#root)}`, '/events', await this.#overview()));
  }

  async #overview(): Promise<PagePart[]> {
    const runs = await this.#runs();
    // A run that can't be read, or goes while it is read, must not hide the others.
    const read = async (found: FoundRun) => ({ name: found.name, run: await this.#read(found).catch(() => undefined) });
    const listed = await Promise.all(runs.map(read));
    return pageParts(await overviewSections(basename(this.#root), listed));
  }

  async #runParts(found: FoundRun): Promise<PagePart[]> {
    const run = await this.#read(found);
    const address = runAddress(found.name);
    return pageParts(
      await runSections(run ?? notBegun(found.name), {
        projectionAddress: (epoch) => `${address}projection/${epoch}.svg`,
      }),
    );
  }

  #read({ name, directory }: FoundRun): Promise<RunRecord | undefined> {
    const picture = (path: string) => `${runAddress(name)}files/${path.split('/').map(encodeURIComponent).join('/')}`;
    return readRun(directory, { picture });
  }

  async #projection(response: ServerResponse, found: FoundRun, file: string): Promise<void> {
    const epoch = /^(\d{1,9})\.svg$/.exec(file)?.[1];
    const run = epoch === undefined ? undefined : await this.#read(found);
    const spec = run && projectionPlot(run, Number(epoch));
    if (!spec) return reply(response, 404, 'text/plain', 'no such plot\n');
    // Within an img the page's style has no say: grey can be read on white and on dark.
    const svg = (await renderSvg(spec)).replaceAll('#000"', '#7b8490"').replaceAll('stroke="#eceef1"', 'stroke="none"');
    reply(response, 200, 'image/svg+xml', svg);
  }

  async #watch(
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
    parts: () => Promise<readonly PagePart[]>,
  ): Promise<void> {
    const watchers = [...this.#live.values()].reduce((sum, live) => sum + live.watchers, 0);
    if (watchers >= mostWatchers) return reply(response, 503, 'text/plain', 'too many pages are open\n');
    response.writeHead(200, { ...guardHeaders, 'Content-Type': 'text/event-stream' });
    if (request.method === 'HEAD') return void response.end();
    const live = this.#live.get(key) ?? new LiveParts({ parts, stamp: () => this.#stamp(), interval: this.#interval });
    this.#live.set(key, live);
    await live.add(response);
  }

  /** Sizes and times of all logs: any change of them makes pages look again. */
  async #stamp(): Promise<string> {
    const runs = await this.#runs();
    const logs = await Promise.all(runs.map(({ directory }) => stat(join(directory, runLogName))));
    return JSON.stringify(logs.map(({ ino, size, mtimeMs }) => [ino, size, mtimeMs]));
  }
}

function notBegun(name: string): RunRecord {
  return {
    title: name,
    started: new Date(0),
    reference: { id: 'not embedded yet', count: 0 },
    generatedCount: 0,
    floor: [],
    epochs: [],
    outcome: { kind: 'running', sentence: 'The run is getting ready: its reference is being embedded.' },
  };
}

function picture(response: ServerResponse, png: Buffer | undefined): void {
  if (png) reply(response, 200, 'image/png', png);
  else reply(response, 404, 'text/plain', 'no such picture\n');
}

/** Node leaves the body out of an answer to HEAD. */
function reply(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  const charset = type.startsWith('text/') ? '; charset=utf-8' : '';
  response.writeHead(status, { ...guardHeaders, 'Content-Type': `${type}${charset}` });
  response.end(body);
}
