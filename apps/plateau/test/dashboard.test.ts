import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runPlots } from '@plateau/scorecard';
import { readRun } from '../src/dashboard/read-run.js';
import { dashboardCommand } from '../src/commands/dashboard.js';
import { startDashboard, type Dashboard, type DashboardOptions } from '../src/dashboard/start-dashboard.js';
import type { RunLine } from '../src/monitor/run-event.js';
import { writeRun } from './run-folder.js';
import { epochOf, png, scoreOf, startOf } from './run-lines.js';
import { temporaryFolder } from './temporary-folder.js';

const start: RunLine = { event: 'start', ...startOf() };
const epoch = (number: number, more: Parameters<typeof epochOf>[1] = {}): RunLine => ({
  event: 'epoch',
  ...epochOf(number, more),
});

const open: Dashboard[] = [];

afterEach(async () => {
  for (const dashboard of open.splice(0)) await dashboard.close();
});

async function serve(directory: string, options: Partial<DashboardOptions> = {}): Promise<URL> {
  const dashboard = await startDashboard({ directory, interval: 20, ...options });
  open.push(dashboard);
  return new URL(dashboard.url);
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly bytes: Buffer;
  readonly body: string;
}

/** Asks for a path exactly as it is given: `fetch` would tidy it up. */
function ask(url: URL, path: string, { method = 'GET', host = url.host } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: url.hostname, port: url.port, path, method, headers: { host } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: response.statusCode!, headers: response.headers, bytes, body: bytes.toString() });
      });
    });
    asked.on('error', reject).end();
  });
}

/** Every place in an object, as the names that lead there. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[name], ...pathsOf(inner).map((path) => [name, ...path])]);
}

function replaced<T>(value: T, [name, ...rest]: string[], wrong: unknown): T {
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[name!] = rest.length === 0 ? wrong : replaced(copy[name!], rest, wrong);
  return copy as T;
}

describe('the page of a run', () => {
  it('shows its parts, its sheets and where the samples lie', async () => {
    const url = await serve(writeRun(join(temporaryFolder(), 'run a'), [start, epoch(0), epoch(1)]));
    const { status, headers, body } = await ask(url, '/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('Running, or ended without saying so. Epoch 1 was scored last.');
    expect(body).toContain('src="/runs/run%20a/files/samples/epoch-1.png"');
    const sheet = await ask(url, '/runs/run%20a/files/samples/epoch-1.png');
    expect(sheet.bytes).toEqual(Buffer.from(png));
    const plane = await ask(url, '/runs/run%20a/projection/1.svg');
    expect(plane.headers['content-type']).toBe('image/svg+xml');
    expect((await ask(url, '/runs/run%20a/projection/7.svg')).status).toBe(404);
  });

  it('takes what a killed run leaves: half a line, a damaged line, NaN', async () => {
    const run = writeRun(temporaryFolder(), [start, epoch(0, { scores: [scoreOf('kid', NaN)], logs: { loss: NaN } })]);
    appendFileSync(join(run, 'metrics.jsonl'), '{"event":"epoch","epoch":"x"}\nno json\n{"event":"epoch","epo');
    const { body } = await ask(await serve(run), '/');
    expect(body).toContain('<td>NaN</td>');
    expect(body).toContain('2 lines of metrics.jsonl can&#39;t be read.');
  });

  it('takes logs in which anything is something else', async () => {
    const whole = epoch(0, {
      collapse: {
        epoch: 0,
        n: 20,
        signals: { a: { value: 1, alarming: false } },
        logEvidence: 0,
        alpha: 0.01,
        streak: 0,
        failed: false,
      },
      cells: { porosity: 0.5 },
    });
    const run = temporaryFolder();
    for (const line of [start, whole]) {
      const copy = JSON.parse(JSON.stringify(line)) as RunLine;
      for (const path of pathsOf(copy)) {
        for (const wrong of [undefined, 5, 'x', {}, [{}]]) {
          const lines = [start, replaced(copy, path, wrong)].map((one) => JSON.stringify(one));
          writeFileSync(join(run, 'metrics.jsonl'), `${lines.join('\n')}\n`);
          const read = await readRun(run, { picture: (file) => file });
          expect(() => runPlots(read!)).not.toThrow();
        }
      }
    }
    expect(pathsOf(whole).length).toBeGreaterThan(30);
  });

  it('says what is going on before the first line and before the first epoch', async () => {
    const run = writeRun(temporaryFolder(), []);
    const url = await serve(run);
    expect((await ask(url, '/')).body).toContain('its reference is being embedded');
    writeRun(run, [start]);
    expect((await ask(url, '/')).body).toContain('after the first monitor.epochEnd(…)');
  });

  it('counts an epoch that was scored again after a resumption once, and tells how the run ended', async () => {
    const again: RunLine = { event: 'start', ...startOf({ resumedFrom: 1 }) };
    const outcome = { kind: 'early-stop' as const, sentence: 'Stopped early: nothing got better.' };
    const lines = [start, epoch(0), epoch(1), again, epoch(1), { event: 'end', time: '', outcome } as RunLine];
    const { body } = await ask(await serve(writeRun(temporaryFolder(), lines)), '/');
    expect(body).toContain('2 scored epochs');
    expect(body).toContain('Stopped early: nothing got better.');
  });

  it('sends the parts that change to those who watch', async () => {
    const run = writeRun(temporaryFolder(), [start, epoch(0)]);
    const url = await serve(run);
    const name = (await ask(url, '/')).body.match(/data-events="([^"]+)"/)![1]!;
    const stream = await fetch(new URL(name, url));
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    let seen = '';
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (text: string) => {
      while (!seen.includes(text)) seen += (await reader.read()).value ?? '';
    };
    await until('Epoch 0 was scored last');
    appendFileSync(join(run, 'metrics.jsonl'), `${JSON.stringify(epoch(1))}\n`);
    await until('Epoch 1 was scored last');
    await reader.cancel();
  });
});

describe('the page of several runs', () => {
  it('lists them and lays their curves over each other', async () => {
    const root = temporaryFolder();
    for (const name of ['b', 'a10', 'a9']) writeRun(join(root, name), [start, epoch(0), epoch(1)]);
    mkdirSync(join(root, 'not a run'));
    const { body } = await ask(await serve(root), '/');
    const links = [...body.matchAll(/href="\/runs\/([^/]+)\/"/g)].map(([, name]) => name);
    expect(links).toEqual(['a9', 'a10', 'b']);
    expect(body.match(/<svg/g)).toHaveLength(2); // KID and Vendi
  });

  it('warns of runs that can’t be compared', async () => {
    const root = temporaryFolder();
    const other: RunLine = { ...start, reference: { ...startOf().reference, id: 'steel' } } as RunLine;
    writeRun(join(root, 'a'), [start, epoch(0)]);
    writeRun(join(root, 'b'), [other, epoch(0)]);
    expect((await ask(await serve(root), '/')).body).toContain('their numbers can’t be compared');
  });

  it('says what to do where there is no run, and when the folder goes', async () => {
    const url = await serve(join(temporaryFolder(), 'later'));
    const { status, body } = await ask(url, '/');
    expect(status).toBe(200);
    expect(body).toContain('createMonitor({ out })');
  });
});

describe('what the dashboard refuses', () => {
  it('anything but GET and HEAD', async () => {
    const url = await serve(writeRun(temporaryFolder(), [start]));
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, headers } = await ask(url, '/', { method });
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
    }
    const head = await ask(url, '/', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
  });

  it('paths that lead out of what a run shows', async () => {
    const root = temporaryFolder();
    const run = writeRun(join(root, 'run'), [start, epoch(0)]);
    writeFileSync(join(root, 'secret.png'), 'secret');
    writeFileSync(join(run, 'secret.png'), 'secret');
    writeFileSync(join(run, 'samples', 'notes.txt'), 'secret');
    mkdirSync(join(run, 'samples', 'folder.png'));
    symlinkSync(join(root, 'secret.png'), join(run, 'samples', 'link.png'));
    symlinkSync(root, join(run, 'cells'));
    symlinkSync(root, join(root, 'linked-run'));
    const url = await serve(root);
    const paths = [
      '/runs/run/files/../../secret.png',
      '/runs/run/files/%2e%2e/%2e%2e/secret.png',
      '/runs/run/files/samples/%2e%2e/secret.png',
      '/runs/run/files/samples/..%2fsecret.png',
      '/runs/run/files/samples/%252e%252e%252fsecret.png',
      '/runs/run/files/samples\\..\\secret.png',
      '/runs/run/files/samples/..%5csecret.png',
      '/runs/run/files/samples/epoch-0.png%00.png',
      '/runs/run/files//secret.png',
      '/runs/run/files/secret.png',
      '/runs/run/files/metrics.jsonl',
      '/runs/run/files/samples/notes.txt',
      '/runs/run/files/samples/folder.png',
      '/runs/run/files/samples/link.png',
      '/runs/run/files/cells/secret.png',
      '/runs/run/files/samples/%zz.png',
      '/runs/../run/files/samples/epoch-0.png',
      '/runs/linked-run/',
      '/runs/%2e/',
      '/runs/constructor/',
      '/etc/passwd',
      '//etc/passwd',
    ];
    for (const path of paths) {
      const { status, body } = await ask(url, path);
      expect([path, status]).toEqual([path, 404]);
      expect(body).not.toContain('secret');
    }
    expect((await ask(url, '/runs/run/files/samples/epoch-0.png')).status).toBe(200);
  });

  it('names that others made to point here', async () => {
    const url = await serve(writeRun(temporaryFolder(), [start]));
    for (const host of [
      'evil.example',
      `evil.example:${url.port}`,
      'localhost.evil.example',
      '127.0.0.1.evil.example',
    ]) {
      expect([host, (await ask(url, '/', { host })).status]).toEqual([host, 403]);
    }
    for (const host of [`localhost:${url.port}`, '127.0.0.1', '[::1]:80', 'LOCALHOST']) {
      expect([host, (await ask(url, '/', { host })).status]).toEqual([host, 200]);
    }
  });

  it('scripts in the names of runs, metrics, files and words', async () => {
    const root = temporaryFolder();
    const evil = '<img src=x onerror=alert(1)>"\'&';
    writeRun(join(root, evil.replace('/', '')), [
      { ...start, title: evil, reference: { ...startOf().reference, id: evil } } as RunLine,
      epoch(0, {
        scores: [{ ...scoreOf(evil, 1), warnings: [evil] }],
        logs: { [evil]: 1 },
        suspicion: evil,
        sheet: `samples/${evil}`,
        checkpoints: [{ epoch: 0, directory: evil, metric: evil, value: 1 }],
        cells: { [evil]: 1 },
        collapse: {
          epoch: 0,
          n: 20,
          signals: { [evil]: { value: 1, share: 1, alarming: true } },
          logEvidence: 0,
          alpha: 0.01,
          streak: 0,
          failed: false,
          sentence: evil,
        },
      }),
      { event: 'end', time: '', outcome: { kind: `"><img src=x>` as never, sentence: evil } },
    ]);
    const url = await serve(root);
    const overview = await ask(url, '/');
    const page = await ask(url, overview.body.match(/href="(\/runs\/[^"]+)"/)![1]!.replaceAll('&#39;', "'"));
    for (const { status, body } of [overview, page]) {
      expect(status).toBe(200);
      expect(body).not.toMatch(/<img[^>]* (src=x|onerror=)/);
    }
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.body.match(/<script[^>]*>/g)).toEqual(['<script src="/page.js">']);
  });
});

describe('plateau dashboard', () => {
  const run = (...words: string[]) => dashboardCommand().exitOverride().parseAsync(words, { from: 'user' });

  it('refuses a folder that is not there, and a port that is taken', async () => {
    await expect(run('/nowhere/at/all')).rejects.toThrow('no folder /nowhere/at/all: give the folder of a run');
    const folder = writeRun(temporaryFolder(), [start]);
    const { port } = await serve(folder);
    await expect(run(folder, '--port', port)).rejects.toThrow('(EADDRINUSE); choose another --host or --port');
  });

  it('warns of an address that others can reach', async () => {
    const folder = writeRun(temporaryFolder(), [start]);
    const { port } = await serve(folder, { host: '0.0.0.0' });
    const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(run(folder, '--host', '0.0.0.0', '--port', port)).rejects.toThrow('EADDRINUSE');
    expect(warned.mock.calls.join()).toContain('warning: whoever reaches 0.0.0.0 can see these runs');
    warned.mockRestore();
  });
});
