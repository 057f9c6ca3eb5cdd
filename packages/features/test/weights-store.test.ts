import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cacheFolder, importIntoStore, listWeights, openExtractor, pullWeights, readFromStore } from '../src/index.js';
import { describeSqueezeNet, openWeights, verifyWeights, writeWeightFile } from '../src/index.js';
import type { KnownWeights } from '../src/index.js';
import { loopbackServer, sendFrom } from './loopback-server.js';
import { trainedLookingWeights } from './small-networks.js';
import { temporaryFolder } from './temporary-folder.js';

const bytes = randomBytes(300_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');

function known(url: string): readonly KnownWeights[] {
  return [
    {
      name: 'file',
      what: 'test',
      url: `${url}/file.bin`,
      digest: { algorithm: 'sha256', start: sha256 },
      kind: 'file',
    },
  ];
}

async function pull(
  url: string,
  folder: string,
  onProgress?: (progress: { received: number; total?: number }) => void,
) {
  return pullWeights('file', { folder, known: known(url), attempts: 2, pause: 1, onProgress });
}

describe('a download', () => {
  it('arrives whole, with progress, and leaves nothing else behind', async () => {
    const folder = await temporaryFolder();
    const url = await loopbackServer((request, response) => sendFrom(request, response, { bytes }));
    const progress: { received: number; total?: number }[] = [];
    const path = await pull(url, folder, (now) => progress.push(now));
    expect(await readFile(path)).toEqual(bytes);
    expect(progress.at(-1)).toEqual({ received: bytes.length, total: bytes.length });
    expect(await readdir(folder)).toEqual(['file.bin']);
  });

  it('goes on where the server cut it off, each time', async () => {
    const starts: (string | undefined)[] = [];
    const url = await loopbackServer((request, response) => {
      starts.push(request.headers.range);
      sendFrom(request, response, { bytes, end: 100_000 * starts.length });
    });
    expect(await readFile(await pull(url, await temporaryFolder()))).toEqual(bytes);
    expect(starts).toEqual([undefined, 'bytes=100000-', 'bytes=200000-']);
  });

  it('goes on where an earlier process left off', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file.bin.part'), bytes.subarray(0, 123));
    const ranges: (string | undefined)[] = [];
    const url = await loopbackServer((request, response) => {
      ranges.push(request.headers.range);
      sendFrom(request, response, { bytes });
    });
    expect(await readFile(await pull(url, folder))).toEqual(bytes);
    expect(ranges).toEqual(['bytes=123-']);
  });

  it('is not asked for again when the part is already whole', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file.bin.part'), bytes);
    const url = await loopbackServer((request, response) => sendFrom(request, response, { bytes }));
    expect(await readFile(await pull(url, folder))).toEqual(bytes);
  });

  it('starts over when the part left behind is of another file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file.bin.part'), randomBytes(1000));
    const url = await loopbackServer((request, response) => sendFrom(request, response, { bytes }));
    expect(await readFile(await pull(url, folder))).toEqual(bytes);
  });

  it('starts over from a server that knows no ranges', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file.bin.part'), bytes.subarray(0, 500));
    const url = await loopbackServer((_, response) => response.end(bytes));
    expect(await readFile(await pull(url, folder))).toEqual(bytes);
  });

  it('of wrong bytes is refused and deleted', async () => {
    const folder = await temporaryFolder();
    const url = await loopbackServer((_, response) => response.end(randomBytes(1000)));
    await expect(pull(url, folder)).rejects.toThrow(
      /sent a file with sha256 [0-9a-f]{64}, expected .*…: it was deleted/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('of fewer bytes than the server promised fails, keeping what came', async () => {
    const folder = await temporaryFolder();
    const url = await loopbackServer((request, response) => sendFrom(request, response, { bytes, end: 1000 }));
    await expect(pull(url, folder)).rejects.toThrow(
      /^can't download http.*: .*; what has come is kept, try again later$/,
    );
    expect((await readFile(join(folder, 'file.bin.part'))).length).toBe(1000);
  });

  it('that the server refuses is not tried again', async () => {
    let requests = 0;
    const url = await loopbackServer((_, response) => {
      requests++;
      response.writeHead(404).end();
    });
    await expect(pull(url, await temporaryFolder())).rejects.toThrow(/file\.bin answers 404 Not Found$/);
    expect(requests).toBe(1);
  });

  it('survives a server that is busy for a moment', async () => {
    let requests = 0;
    const url = await loopbackServer((request, response) => {
      if (++requests === 1) response.writeHead(503).end();
      else sendFrom(request, response, { bytes });
    });
    expect(await readFile(await pull(url, await temporaryFolder()))).toEqual(bytes);
  });

  it('goes through the proxy of the environment', async () => {
    const url = await loopbackServer((request, response) => sendFrom(request, response, { bytes }));
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(request.url!);
      const upstream = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    for (const name of ['http_proxy', 'HTTP_PROXY']) {
      vi.stubEnv(name, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    }
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    expect(await readFile(await pull(url, await temporaryFolder()))).toEqual(bytes);
    expect(tunnels).toEqual([new URL(url).host]);
  });
});

afterEach(() => vi.unstubAllEnvs());

describe('the store', () => {
  const network = describeSqueezeNet();
  const weights = trainedLookingWeights(network);

  it('imports weights, lists, verifies and opens them', async () => {
    const folder = await temporaryFolder();
    const file = join(await temporaryFolder(), 'mine.safetensors');
    await writeWeightFile(file, { network, weights });
    const { path } = await importIntoStore(file, { name: 'steel-1', folder });
    expect((await listWeights({ folder }))[0]).toMatchObject({
      name: 'steel-1',
      what: 'squeezenet-1.1, test',
      path,
    });
    await verifyWeights('steel-1', { folder });
    expect((await readFromStore('steel-1', { folder })).weights).toMatchObject({
      id: 'steel-1',
      sha256: weights.sha256,
    });
  });

  it('is where the extractor looks for a name', async () => {
    const cache = await temporaryFolder();
    vi.stubEnv('PLATEAU_CACHE', cache);
    const file = join(cache, 'mine.safetensors');
    await writeWeightFile(file, { network, weights });
    await importIntoStore(file, { name: 'mine' });
    const extractor = await openExtractor({ weights: 'mine', layer: 'fire1' });
    expect(extractor).toMatchObject({ id: 'squeezenet-1.1/mine', layer: 'fire1', dimension: 128 });
    extractor.dispose();
  });

  it('notices a damaged file', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'mine.safetensors');
    await writeWeightFile(path, { network, weights });
    const damaged = await readFile(path);
    damaged[damaged.length - 1]! ^= 1;
    await writeFile(path, damaged);
    await expect(verifyWeights('mine', { folder })).rejects.toThrow(/is damaged/);
    await writeFile(join(folder, 'brisque_model_live.yml'), 'changed');
    await expect(verifyWeights('brisque-model', { folder })).rejects.toThrow(/is damaged: its sha256 is/);
  });

  it.each([
    ['fid', "weights 'fid' are not in the store: plateau weights pull fid, or import FILE --as fid"],
    ['other', "weights 'other' are not in the store: plateau weights import FILE --as other"],
    ['../other', "weights can't be called '../other'"],
  ])('says what to do without %s', async (name, message) => {
    vi.stubEnv('PLATEAU_CACHE', await temporaryFolder());
    await expect(openWeights(name)).rejects.toThrow(message);
  });

  it('refuses to pull what it does not know', async () => {
    await expect(pullWeights('vgg')).rejects.toThrow("unknown weights 'vgg': expected fid, squeezenet,");
  });
});

describe('the cache folder', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, join(homedir(), '.cache', 'plateau')],
    ['linux', { XDG_CACHE_HOME: '/x' }, join('/x', 'plateau')],
    ['darwin', {}, join(homedir(), 'Library', 'Caches', 'plateau')],
    ['win32', { LOCALAPPDATA: 'L' }, join('L', 'plateau', 'Cache')],
    ['win32', { LOCALAPPDATA: 'L', PLATEAU_CACHE: '/p' }, '/p'],
  ])('on %s with %j', (platform, environment, expected) => {
    expect(cacheFolder(environment, platform)).toBe(expected);
  });
});
