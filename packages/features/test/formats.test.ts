import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPytorch } from '../src/formats/pytorch.js';
import { readSafetensors, writeSafetensors } from '../src/formats/safetensors.js';
import { readTfjsModel } from '../src/formats/tfjs-model.js';
import type { WeightTensor } from '../src/index.js';
import { fixturePath } from './fixture-path.js';
import { sharedData } from './shared-data.js';
import { temporaryFolder } from './temporary-folder.js';

const plain = (tensors: ReadonlyMap<string, WeightTensor>) =>
  Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, [shape, Array.from(data)]]));

const pytorch = async (name: string) => readPytorch(await readFile(fixturePath(name)), name);

describe('PyTorch files', () => {
  const state = {
    matrix: [
      [2, 3],
      [0, 1, 2, 3, 4, 5],
    ],
    transposed: [
      [3, 2],
      [0, 3, 1, 4, 2, 5],
    ],
    tail: [[2], [4, 5]],
    halves: [[2], [0.5, -1.25]],
  };

  it('give their float tensors row-major, views among them, and leave out integers', async () => {
    expect(plain(await pytorch('state-dict.pth'))).toEqual(state);
  });

  it('may be compressed, and checkpoints around a state dict', async () => {
    expect(plain(await pytorch('deflated.pth'))).toEqual(state);
  });

  it('may be of before PyTorch 1.6', async () => {
    expect(plain(await pytorch('legacy.pth'))).toEqual({ matrix: state.matrix, tail: state.tail });
  });

  it.each([
    ['hostile.pth', /^hostile\.pth asks for posix\.system, which is code: only files that hold nothing but tensors/],
    ['too-short.pth', /^too-short\.pth: tensor weight \(3×3\) has fewer numbers than its shape: it is damaged$/],
    ['repeating.pth', /^repeating\.pth: tensor weight \(100000×100000\) repeats its numbers/],
    ['bomb.pth', /^bomb\.pth has 9862 bytes and would unpack to more than 100 times that: it is no weight file$/],
  ])('%s is refused', async (name, message) => {
    const reading = pytorch(name);
    await expect(reading).rejects.toThrow(RangeError);
    await expect(reading).rejects.toThrow(message);
  });

  // Whatever is cut off or changed, the file is refused or gives tensors, in one line and at once.
  it.each(['state-dict.pth', 'deflated.pth', 'legacy.pth'])(
    '%s, cut anywhere, is refused in one line',
    async (name) => {
      const bytes = await readFile(fixturePath(name));
      for (let length = 0; length < bytes.length; length++) {
        expect(() => readPytorch(bytes.subarray(0, length), name)).toThrow(/^[^\n]+$/);
      }
    },
  );

  it('with changed bytes are refused by a RangeError, or read', async () => {
    const bytes = await readFile(fixturePath('state-dict.pth'));
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 0xff;
      try {
        readPytorch(changed, 'changed.pth');
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });

  const lpips = sharedData('iqa/lpips_lin/v0.1/squeeze.pth');
  it.skipIf(lpips.absent)('LPIPS heads as published are read (needs ../shared/data)', async () => {
    const tensors = readPytorch(await readFile(lpips.path), 'squeeze.pth');
    // The trunk's layers have 64, 128, 256, 384, 384, 512 and 512 channels; LPIPS' heads are non-negative.
    expect([...tensors.values()].map(({ shape }) => shape.join('×'))).toEqual(
      [64, 128, 256, 384, 384, 512, 512].map((channels) => `1×${channels}×1×1`),
    );
    for (const { data } of tensors.values()) expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
  });
});

describe('safetensors', () => {
  it('of the Python package are read: floats of every width, integers left out', async () => {
    const { tensors, metadata } = readSafetensors(await readFile(fixturePath('numpy.safetensors')), 'numpy');
    expect(plain(tensors)).toEqual({
      matrix: [
        [2, 3],
        [0, 1, 2, 3, 4, 5],
      ],
      half: [[4], [0.5, -1.25, 65504, Math.fround(2 ** -24)]],
      double: [[1], [Math.fround(0.1)]],
    });
    expect(metadata).toEqual({ writer: 'safetensors 0.8.0' });
  });

  it('come back as they were written', () => {
    const tensors = new Map([
      ['a/kernel', { shape: [1, 2], data: Float32Array.of(1, -0) }],
      ['empty', { shape: [0], data: new Float32Array(0) }],
      ['scalar', { shape: [], data: Float32Array.of(NaN) }],
    ]);
    const written = writeSafetensors({ tensors, metadata: { note: 'µ' } });
    expect(readSafetensors(written, 'own')).toEqual({ tensors, metadata: { note: 'µ' } });
  });

  it('cut anywhere are refused', async () => {
    const bytes = await readFile(fixturePath('numpy.safetensors'));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.subarray(0, length), 'cut')).toThrow(RangeError);
    }
  });

  it.each<[string, object]>([
    ['offsets beyond the file', { a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }],
    ['offsets that are fewer than the shape', { a: { dtype: 'F32', shape: [2 ** 40], data_offsets: [0, 0] } }],
    ['an entry without shape', { a: { dtype: 'F32', data_offsets: [0, 0] } }],
  ])('with %s are refused', (_, header) => {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    expect(() => readSafetensors(Buffer.concat([length, text]), 'bad')).toThrow(RangeError);
  });
});

describe('TensorFlow.js models', () => {
  async function model(weights: object[], bytes: number[], paths = ['group1.bin']): Promise<string> {
    const folder = await temporaryFolder();
    const path = join(folder, 'model.json');
    await writeFile(path, JSON.stringify({ weightsManifest: [{ paths, weights }] }));
    await writeFile(join(folder, 'group1.bin'), Uint8Array.from(bytes));
    return path;
  }

  it('give their weights, quantised or not', async () => {
    const path = await model(
      [
        { name: 'bytes', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', min: -1, scale: 0.5 } },
        { name: 'shorts', shape: [1], dtype: 'float32', quantization: { dtype: 'uint16', min: 0, scale: 2 } },
        { name: 'counter', shape: [], dtype: 'int32' },
        { name: 'halves', shape: [1], dtype: 'float32', quantization: { dtype: 'float16' } },
        { name: 'floats', shape: [1], dtype: 'float32' },
      ],
      [0, 4, 1, 1, 9, 9, 9, 9, 0x00, 0x3c, 0, 0, 0x80, 0x3f],
    );
    expect(plain(await readTfjsModel(path))).toEqual({
      bytes: [[2], [-1, 1]],
      shorts: [[1], [514]],
      halves: [[1], [1]],
      floats: [[1], [1]],
    });
  });

  it('that are truncated are refused', async () => {
    const path = await model([{ name: 'floats', shape: [2], dtype: 'float32' }], [0, 0, 0, 0]);
    await expect(readTfjsModel(path)).rejects.toThrow('hold 4 bytes, floats ends at 8: they are truncated');
  });

  it.each<[string, object[], unknown]>([
    ['without a shape', [{ name: 'floats', dtype: 'float32' }], ['group1.bin']],
    ['with a negative extent', [{ name: 'floats', shape: [-1], dtype: 'float32' }], ['group1.bin']],
    ['whose paths are none', [], 7],
  ])('%s are refused', async (_, weights, paths) => {
    await expect(readTfjsModel(await model(weights, [], paths as string[]))).rejects.toThrow(
      'has no weightsManifest of paths and weights: expected the model.json of a TensorFlow.js model',
    );
  });

  it('that miss a file are refused, saying which', async () => {
    const path = await model([], [], ['group1.bin', 'group2.bin']);
    await expect(readTfjsModel(path)).rejects.toThrow(/group2\.bin \(ENOENT\), which .*model\.json asks for/);
  });

  it.each(['../secret.bin', '/etc/hostname'])('that ask for %s are refused', async (part) => {
    await expect(readTfjsModel(await model([], [], [part]))).rejects.toThrow(/which is outside its folder/);
  });
});
