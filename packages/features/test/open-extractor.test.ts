import { afterEach, describe, expect, test, vi } from 'vitest';
import { openExtractor, type ExtractorOptions } from '../src/index.js';
import { matrixRow } from './matrix-row.js';
import { photographs } from './photographs.js';
import { relativeDistance } from './relative-distance.js';
import { useWasm } from './use-wasm.js';

afterEach(() => {
  vi.doUnmock('../src/engines/onnxruntime-engine.js');
  vi.resetModules();
});

test('onnxruntime and tfjs-wasm agree to 1e-3 on the pooled features of the bundled weights', async () => {
  const tf = await useWasm();
  const native = await openExtractor({ weights: 'bundled', engine: 'onnxruntime' });
  const wasm = await openExtractor({ weights: 'bundled', engine: 'tfjs', tf });
  expect([native.engine, wasm.engine]).toEqual(['onnxruntime', 'tfjs-wasm']);
  expect(native.weightsSha256).toBe(wasm.weightsSha256);
  const expected = await native.extract(photographs);
  const actual = await wasm.extract(photographs);
  for (let i = 0; i < photographs.count; i++) {
    expect(relativeDistance(matrixRow(actual, i), matrixRow(expected, i))).toBeLessThan(1e-3);
  }
  native.dispose();
  wasm.dispose();
});

test('says what it is, and gives one row of 2048 numbers an image', async () => {
  const extractor = await openExtractor({ weights: 'random:7' });
  expect(extractor).toMatchObject({
    id: 'inception-v3/random:7',
    layer: 'pool',
    dimension: 2048,
    resize: 'clean',
    engine: 'onnxruntime',
  });
  const { rows, cols, data } = await extractor.extract(photographs);
  expect([rows, cols, data.length]).toEqual([3, 2048, 3 * 2048]);
  extractor.dispose();
});

test('random features tell images apart and see a blank one', async () => {
  const extractor = await openExtractor({ weights: 'random:7' });
  const features = await extractor.extract(photographs);
  expect(relativeDistance(matrixRow(features, 0), matrixRow(features, 1))).toBeGreaterThan(0.2);
  expect(relativeDistance(matrixRow(features, 0), matrixRow(features, 2))).toBeGreaterThan(0.2);
  const blank = { ...photographs, count: 1, data: new Uint8Array(120 * 160 * 3).fill(128) };
  expect(Math.max(...(await extractor.extract(blank)).data)).toBeGreaterThan(0.01);
  extractor.dispose();
});

test('a block in the middle is a layer too', async () => {
  const extractor = await openExtractor({ weights: 'random:7', layer: 'mixed0' });
  expect(extractor).toMatchObject({ layer: 'mixed0', dimension: 256 });
  expect((await extractor.extract(photographs)).cols).toBe(256);
  extractor.dispose();
});

describe('without onnxruntime', () => {
  const missing = 'onnxruntime-node is not installed: npm install onnxruntime-node';
  const openWithoutIt = async (options: ExtractorOptions) => {
    vi.doMock('../src/engines/onnxruntime-engine.js', async (original) => ({
      ...(await original<object>()),
      importOnnxruntime: () => Promise.reject(new Error(missing)),
    }));
    return (await import('../src/index.js')).openExtractor(options);
  };

  test('tfjs takes over, with one warning', async () => {
    const tf = await useWasm();
    const warnings: string[] = [];
    const extractor = await openWithoutIt({
      weights: 'random:7',
      layer: 'mixed0',
      tf,
      onWarning: (message) => warnings.push(message),
    });
    expect(extractor.engine).toBe('tfjs-wasm');
    expect(warnings).toEqual([`${missing} (until then features come from tfjs, several times slower)`]);
    extractor.dispose();
  });

  test('tfjs finds itself and the fastest backend that is installed when no tf is given', async () => {
    const extractor = await openWithoutIt({ weights: 'random:7', layer: 'mixed0', onWarning: () => {} });
    // WebAssembly is always here; tfjs-node and a graphics card are not.
    expect(['tfjs-tensorflow', 'tfjs-webgpu', 'tfjs-wasm']).toContain(extractor.engine);
    extractor.dispose();
  });

  test('whoever asks for onnxruntime gets the error', async () => {
    await expect(openWithoutIt({ weights: 'random:7', engine: 'onnxruntime' })).rejects.toThrow(missing);
  });
});

test('a caller’s tf that is on the slow cpu backend computes on WebAssembly, and is on cpu again afterwards', async () => {
  const tf = await useWasm();
  await tf.setBackend('cpu');
  const onWarning = vi.fn<(message: string) => void>();
  const extractor = await openExtractor({ weights: 'random:7', layer: 'mixed0', engine: 'tfjs', tf, onWarning });
  expect(extractor.engine).toBe('tfjs-wasm');
  const image = {
    data: new Uint8Array(64).fill(9),
    count: 1,
    height: 8,
    width: 8,
    channels: 1,
    range: [0, 255],
  } as const;
  const { rows } = await extractor.extract(image);
  expect(rows).toBe(1);
  expect(tf.getBackend()).toBe('cpu');
  expect(onWarning).not.toHaveBeenCalled();
  extractor.dispose();
});

describe('without the wasm backend', () => {
  afterEach(() => {
    vi.doUnmock('@tensorflow/tfjs-backend-wasm');
    vi.resetModules();
  });

  test('the cpu backend is warned of', async () => {
    vi.resetModules();
    vi.doMock('@tensorflow/tfjs-backend-wasm', () => {
      throw new Error('not installed');
    });
    const { openExtractor: openWithoutWasm } = await import('../src/open-extractor.js');
    const tf = await import('@tensorflow/tfjs');
    await tf.setBackend('cpu');
    const onWarning = vi.fn<(message: string) => void>();
    const extractor = await openWithoutWasm({ weights: 'random:7', layer: 'mixed0', engine: 'tfjs', tf, onWarning });
    expect(onWarning.mock.calls).toEqual([[expect.stringContaining('tfjs-cpu')]]);
    extractor.dispose();
  });
});

describe('bad options are refused', () => {
  test.each<[string, Partial<Record<keyof ExtractorOptions, unknown>>, string]>([
    ['weights', { weights: 'none' }, "weights 'none' are not in the store"],
    ['engine', { engine: 'torch' }, "unknown engine 'torch': expected 'onnxruntime' or 'tfjs'"],
    ['backend', { backend: 'cuda' }, "unknown backend 'cuda': expected node-gpu, node, webgpu, wasm, cpu"],
    [
      'backend beside onnxruntime',
      { backend: 'wasm', engine: 'onnxruntime' },
      "backend 'wasm' is of tfjs: leave out engine 'onnxruntime'",
    ],
    ['layer', { layer: 'mixed11' }, "inception-v3 has no layer 'mixed11'"],
    [
      'resize',
      { resize: 'legacy' },
      "unknown resize 'legacy': expected clean, legacy-tensorflow, legacy-pytorch, none",
    ],
    ['batchSize', { batchSize: 0 }, 'batchSize is 0, expected a whole number of 1 or more'],
    ['batchSize', { batchSize: 2.5 }, 'batchSize is 2.5, expected a whole number of 1 or more'],
  ])('%s', async (_, options, message) => {
    const opening = openExtractor({ weights: 'random:7', ...options } as ExtractorOptions);
    await expect(opening).rejects.toThrow(RangeError);
    await expect(opening).rejects.toThrow(message);
  });
});
