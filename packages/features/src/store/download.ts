import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvHttpProxyAgent, fetch, type Response } from 'undici';
import { digestOf } from './digest-of.js';
import type { PublishedDigest } from './known-weights.js';

export interface DownloadOptions {
  readonly url: string;
  /** Where the file goes once it is whole and right. */
  readonly path: string;
  readonly digest: PublishedDigest;
  /** Told how far it has come; `total` is absent where the server doesn't say. */
  readonly onProgress?: (progress: { received: number; total?: number }) => void;
  /** Tries without any progress before giving up. @default 4 */
  readonly attempts?: number;
  /** Milliseconds before the second try; doubled each time. @default 500 */
  readonly pause?: number;
}

/** The server's answer makes no sense to try again. */
class FinalError extends Error {}

/**
 * Downloads a file: goes on where a cut connection, or a process that was killed, left off; checks the digest; then gives the
 * file its name. `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are honoured.
 * @throws Error in one line when the server refuses, keeps failing, or sends other bytes than published
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, path, digest, attempts = 4, pause = 500 } = options;
  const partial = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  const proxies = new EnvHttpProxyAgent();
  try {
    let failures = 0;
    let resumed = (await sizeOf(partial)) > 0;
    for (;;) {
      const before = await sizeOf(partial);
      try {
        await receive(options, partial, proxies);
      } catch (error) {
        if (error instanceof FinalError) throw error;
        failures = (await sizeOf(partial)) > before ? 0 : failures + 1;
        if (failures >= attempts) {
          throw new Error(`can't download ${url}: ${reasonOf(error)}; what has come is kept, try again later`, {
            cause: error,
          });
        }
        await sleep(pause * 2 ** failures);
        continue;
      }
      const actual = await digestOf(partial, digest.algorithm);
      if (actual.startsWith(digest.start)) break;
      await rm(partial);
      // The part from an earlier run may be of another file than today's: one clean try is due before giving up.
      if (!resumed) {
        throw new Error(
          `${url} sent a file with ${digest.algorithm} ${actual}, expected ${digest.start}…: it was deleted`,
        );
      }
      resumed = false;
    }
    await rename(partial, path);
  } finally {
    await proxies.destroy();
  }
}

/** Receives what is missing of the file. */
async function receive(options: DownloadOptions, partial: string, dispatcher: EnvHttpProxyAgent): Promise<void> {
  const { url, onProgress } = options;
  const have = await sizeOf(partial);
  const response = await fetch(url, {
    dispatcher,
    // A compressed answer has no length that could be checked, and no range that could be gone on from.
    headers: { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) },
  });
  if (response.status === 416) {
    await response.body?.cancel();
    if (totalOf(response.headers.get('content-range')) === have) return;
    await rm(partial);
    throw new Error('the part received before is no part of the file');
  }
  if (response.status >= 400 && response.status < 500) {
    throw new FinalError(`${url} answers ${response.status} ${response.statusText}`.trimEnd());
  }
  if (!response.ok || response.body === null) throw new Error(`the server answers ${response.status}`);
  const start = startOf(response, have);
  const total = start + Number(response.headers.get('content-length') ?? NaN);
  const file = await open(partial, start === 0 ? 'w' : 'a');
  let received = start;
  try {
    for await (const chunk of response.body) {
      const bytes = chunk as Uint8Array;
      await file.write(bytes);
      received += bytes.length;
      onProgress?.({ received, ...(Number.isFinite(total) && { total }) });
    }
  } finally {
    await file.close();
  }
  if (Number.isFinite(total) && received !== total) {
    throw new Error(`${received} of ${total} bytes came`);
  }
}

/** Where the answer goes on: a server that knows no ranges starts over. */
function startOf(response: Response, have: number): number {
  if (response.status !== 206) return 0;
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (Number(start) !== have) throw new FinalError(`the server sends bytes from ${start} on, expected ${have}`);
  return have;
}

function totalOf(contentRange: string | null): number | undefined {
  const total = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** What lies under fetch's "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
