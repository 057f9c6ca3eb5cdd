import type { ServerResponse } from 'node:http';
import type { PagePart } from './page-part.js';

/** How parts are watched. */
export interface LivePartsOptions {
  /** Changes when the parts may have: what is cheap to look at. */
  readonly stamp: () => Promise<string>;
  readonly parts: () => Promise<readonly PagePart[]>;
  /** Milliseconds between two looks. */
  readonly interval: number;
}

/** Sends the parts of one page to everyone who watches it, as server-sent events, whenever they change. */
export class LiveParts {
  readonly #options: LivePartsOptions;
  readonly #watchers = new Set<ServerResponse>();
  #timer?: NodeJS.Timeout;
  #stamp = '';
  #looking = false;
  #silent = 0;

  constructor(options: LivePartsOptions) {
    this.#options = options;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** Goes on until the watcher leaves. */
  async add(response: ServerResponse): Promise<void> {
    response.write('retry: 2000\n\n');
    this.#watchers.add(response);
    response.on('close', () => this.#remove(response));
    this.#timer ??= setInterval(() => void this.#look(), this.#options.interval).unref();
    for (const part of await this.#options.parts()) send(response, part);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#watchers) response.end();
  }

  #remove(response: ServerResponse): void {
    this.#watchers.delete(response);
    if (this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const stamp = await this.#options.stamp();
      if (stamp !== this.#stamp) {
        for (const part of await this.#options.parts()) for (const watcher of this.#watchers) send(watcher, part);
        this.#stamp = stamp;
      } else if (++this.#silent % 15 === 0) {
        // A comment keeps proxies from closing a quiet connection.
        for (const watcher of this.#watchers) watcher.write(':\n\n');
      }
    } catch {
      // A folder that is being moved is looked at again the next time.
      this.#stamp = '';
    } finally {
      this.#looking = false;
    }
  }
}

/** Bytes that may wait for a page that takes nothing; it is sent everything when it comes again. */
const mostWaiting = 32 * 2 ** 20;

function send(watcher: ServerResponse, part: PagePart): void {
  if (watcher.writableLength > mostWaiting) return void watcher.destroy();
  watcher.write(`event: part\ndata: ${JSON.stringify(part)}\n\n`);
}
