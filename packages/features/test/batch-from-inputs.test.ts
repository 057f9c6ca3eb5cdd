import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tensor3D } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { batchFromInputs, type CanvasLike } from '../src/index.js';
import { useWasm } from './use-wasm.js';

async function cpu() {
  const tf = await useWasm();
  await tf.setBackend('cpu');
  return tf;
}

/** A canvas as node-canvas has them, all of one colour. */
function canvas(width: number, height: number, [red, green, blue]: [number, number, number]): CanvasLike {
  const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => [red, green, blue, 255][i % 4]!);
  return { width, height, getContext: () => ({ getImageData: () => ({ data, width, height }) }) };
}

const range = [0, 255] as const;

describe('batchFromInputs', () => {
  it('makes one batch of tensors of mixed sizes, grey and RGB, and of canvases', async () => {
    const tf = await cpu();
    const inputs = [tf.fill([4, 4, 1], 7) as Tensor3D, tf.fill([1, 8, 8, 3], 9) as never, canvas(6, 6, [10, 20, 30])];
    const batch = await batchFromInputs(tf, inputs, { size: 4, range });
    expect(batch).toMatchObject({ count: 3, height: 4, width: 4, channels: 3, range: [0, 255] });
    const [grey, rgb, drawn] = [0, 1, 2].map((i) => [...batch.data.subarray(48 * i, 48 * i + 48)]);
    expect(new Set(grey)).toEqual(new Set([7]));
    expect(new Set(rgb)).toEqual(new Set([9]));
    expect(drawn!.slice(0, 6)).toEqual([10, 20, 30, 10, 20, 30]);
  });

  it('pads the shorter side with zeros on both sides', async () => {
    const tf = await cpu();
    const { data } = await batchFromInputs(tf, [tf.fill([2, 4, 3], 5) as Tensor3D], { size: 4, range });
    const rows = [0, 1, 2, 3].map((y) => data[12 * y]);
    expect(rows).toEqual([0, 5, 5, 0]);
  });

  it('leaves no tensor behind, and the given ones alive', async () => {
    const tf = await cpu();
    const image = tf.zeros([3, 5, 1]) as Tensor3D;
    const before = tf.memory().numTensors;
    await batchFromInputs(tf, [image], { size: 8, range });
    expect(tf.memory().numTensors).toBe(before);
    expect(image.isDisposed).toBe(false);
  });

  it.each<[string, (tf: Awaited<ReturnType<typeof cpu>>) => unknown[], object, string]>([
    ['no images', () => [], {}, 'no images, expected one or more'],
    ['a matrix', (tf) => [tf.zeros([3, 3])], {}, 'image 0 is 3×3, expected height×width×(1 or 3)'],
    ['a batch of two', (tf) => [tf.zeros([2, 3, 3, 3])], {}, 'image 0 is 2×3×3×3'],
    ['a path', () => ['image.png'], {}, 'image 0 is string, expected a tensor or a canvas'],
    ['a canvas beside samples in [-1, 1]', () => [canvas(2, 2, [0, 0, 0])], { range: [-1, 1] }, 'the range is [-1, 1]'],
    ['values out of the range', (tf) => [tf.fill([2, 2, 1], 300)], {}, 'expected values in [0, 255]'],
    ['a size of 0', (tf) => [tf.zeros([2, 2, 1])], { size: 0 }, 'size is 0'],
  ])('refuses %s', async (_, inputs, options, message) => {
    const tf = await cpu();
    await expect(batchFromInputs(tf, inputs(tf) as never, { size: 4, range, ...options })).rejects.toThrow(message);
  });
});

it('the bundle of NetInput is what the installed package gives', async () => {
  const { default: manifest } = await import('tfjs-image-recognition-base/package.json', { with: { type: 'json' } });
  const tool = fileURLToPath(new URL('../../../tools/build-net-input.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--import', 'tsx', tool, '--check'], { encoding: 'utf8' });
  expect(output).toBe('net-input-bundle.ts is up to date\n');
  const bundle = readFileSync(new URL('../src/inputs/net-input-bundle.ts', import.meta.url), 'utf8');
  expect(bundle).toContain(`from tfjs-image-recognition-base ${manifest.version}: do not edit`);
});

/** The folders of tfjs-core that can be found from here. */
function installedCores(folder: string): string[] {
  const modules = join(folder, 'node_modules');
  const here = join(modules, '@tensorflow/tfjs-core');
  const nested = existsSync(modules)
    ? readdirSync(modules)
        .flatMap((name) =>
          name.startsWith('@') ? readdirSync(join(modules, name)).map((own) => `${name}/${own}`) : [name],
        )
        .filter((name) => existsSync(join(modules, name, 'node_modules/@tensorflow/tfjs-core')))
        .map((name) => join(modules, name, 'node_modules/@tensorflow/tfjs-core'))
    : [];
  const parent = dirname(folder);
  return [...(existsSync(here) ? [here] : []), ...nested, ...(parent === folder ? [] : installedCores(parent))];
}

describe('exactly one tfjs-core', () => {
  it('is installed', () => {
    expect(installedCores(fileURLToPath(new URL('..', import.meta.url)))).toHaveLength(1);
  });

  it('is loaded: tensors of the extractor’s tfjs are those of the caller’s', async () => {
    const tf = await cpu();
    const { importTfjs } = await import('../src/engines/import-tfjs.js');
    const { tf: own } = await importTfjs('cpu');
    expect(own.Tensor).toBe(tf.Tensor);
    expect(own.engine()).toBe(tf.engine());
  });

  it('is not among what the package asks for', async () => {
    const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
    expect(Object.keys(manifest.dependencies)).not.toContain('tfjs-image-recognition-base');
    expect(Object.keys(manifest.dependencies).join()).not.toContain('@tensorflow');
  });
});
