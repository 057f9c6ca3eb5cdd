import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { weightsCommand } from '../src/commands/weights.js';

let cache: string;
let printed: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'plateau-weights-'));
  vi.stubEnv('PLATEAU_CACHE', cache);
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

const run = (...words: string[]) => weightsCommand().parseAsync(words, { from: 'user' });

test('an empty store lists what can be pulled', async () => {
  await run('list', '--json');
  const { weights } = JSON.parse(printed) as { weights: { name: string; path?: string }[] };
  expect(weights.map(({ name }) => name)).toContain('fid');
  expect(weights.every(({ path }) => path === undefined)).toBe(true);
});

test('a hostile file is not imported', async () => {
  const hostile = fileURLToPath(new URL('../../../test-fixtures/features/hostile.pth', import.meta.url));
  await expect(run('import', hostile, '--as', 'bad')).rejects.toThrow(/asks for posix\.system, which is code/);
  await run('list');
  expect(printed).not.toContain('bad');
});

test('what is not there is not verified', async () => {
  await expect(run('verify', 'fid')).rejects.toThrow("weights 'fid' are not in the store");
  await run('verify');
  expect(printed).toBe('');
});

test('what is not known is not pulled', async () => {
  await expect(run('pull', 'vgg')).rejects.toThrow("unknown weights 'vgg'");
});
