import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ImageBatch } from '../src/index.js';

const folder = new URL('../../../test-fixtures/images/', import.meta.url);

/** The path of a file of test-fixtures/images. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(name, folder));
}

/** The bytes of a file of test-fixtures/images. */
export function fixtureBytes(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(new URL(name, folder)));
}

export function fixtureJson<T>(name: string): T {
  return JSON.parse(Buffer.from(fixtureBytes(name)).toString('utf8')) as T;
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'plateau-images-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** One image, all pixels of the value or values given. */
export function flatImage(side: number, ...value: readonly [number] | readonly [number, number, number]): ImageBatch {
  const data = Uint8Array.from({ length: side * side * value.length }, (_, i) => value[i % value.length]!);
  return { data, count: 1, height: side, width: side, channels: value.length, range: [0, 255] };
}

/** The real images beside the repository, which are not part of it. */
export const sharedData = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
