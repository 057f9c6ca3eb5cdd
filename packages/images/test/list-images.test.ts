import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listImages } from '../src/index.js';
import { fixturePath } from './fixtures.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plateau-list-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('lists images of any sizes by class, in natural order, with the size that their headers tell', async () => {
  for (const name of ['b', 'a']) await mkdir(join(folder, name));
  await copyFile(fixturePath('files/grey8.png'), join(folder, 'b', 'img10.png'));
  await copyFile(fixturePath('files/rgb420.jpg'), join(folder, 'b', 'img2.jpg'));
  await copyFile(fixturePath('files/rgb16.png'), join(folder, 'a', 'x.png'));
  const { images } = await listImages(folder);
  expect(images.map(({ path, label }) => [path, label])).toEqual([
    ['a/x.png', 'a'],
    ['b/img2.jpg', 'b'],
    ['b/img10.png', 'b'],
  ]);
  for (const { width, height } of images) expect(Math.min(width, height)).toBeGreaterThan(0);
});

it('names what can’t be read, and goes on without it when told to', async () => {
  await writeFile(join(folder, 'empty.png'), '');
  await copyFile(fixturePath('files/grey8.png'), join(folder, 'good.png'));
  await expect(listImages(folder)).rejects.toThrow(
    /1 of 2 images in .* empty.png \(the file has zero bytes\); repair or remove it, or skip with skipBad/,
  );
  const { images, skipped } = await listImages(folder, { skipBad: true });
  expect(images.map(({ path }) => path)).toEqual(['good.png']);
  expect(skipped).toEqual([{ path: 'empty.png', reason: 'the file has zero bytes' }]);
  await rm(join(folder, 'good.png'));
  await expect(listImages(folder, { skipBad: true })).rejects.toThrow(/1 of 1 images .*; repair them$/);
});
