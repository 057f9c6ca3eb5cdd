import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join, resolve } from 'node:path';
import { pageStyle, projectionPlot, renderSvg, runSections, type RunRecord } from '@plateau/scorecard';
import { findRuns, type FoundRun } from './find-runs.js';
import { LiveParts } from './live-parts.js';
import { overviewSections, runAddress } from './overview.js';
import { pageParts, servedPage, type PagePart } from './page-part.js';
import { pageScript } from './page-script.js';
import { readPicture } from './read-picture.js';
import { readRun, runLogName } from './read-run.js';
import { reply } from './reply.js';
import { guardHeaders, namesThisServer, pathParts } from './request-guard.js';

const otherName = 'open this page by its address or as localhost: other names may be made up to read it\n';

/** Pages that can be watched at a time. */
const mostWatchers = 64;

/** Answers requests with the pages of the runs of one folder. */
export class DashboardPages {
  readonly #root: string;
  readonly #interval: number;
  readonly #live = new Map<string, LiveParts>();

  constructor({ directory, interval = 1000 }: { readonly directory: string; readonly interval?: number }) {
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
