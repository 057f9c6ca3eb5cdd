import { describe, expect, it } from 'vitest';
import {
  arraySource,
  batchFromArray,
  batchFromTensor,
  checkSamples,
  collect,
  concatBatches,
  tensorSource,
  type TensorLike,
} from '../src/index.js';

const tensor = (values: Float32Array | Int32Array, shape: number[]): TensorLike => ({
  shape,
  dtype: values instanceof Float32Array ? 'float32' : 'int32',
  data: async () => values,
});

const ten = batchFromArray(
  Uint8Array.from({ length: 40 }, (_, i) => i),
  { height: 2, width: 2 },
);

describe('arraySource', () => {
  it('hands out a batch in parts, as often as asked', async () => {
    const source = arraySource(ten, { batchSize: 4, labels: Array.from('abcdefghij'), id: 'ten' });
    expect(source).toMatchObject({ id: 'ten', count: 10 });
    for (let pass = 0; pass < 2; pass++) {
      const counts: number[] = [];
      for await (const batch of source) counts.push(batch.count);
      expect(counts).toEqual([4, 4, 2]);
      expect(await collect(source)).toEqual(ten);
    }
  });

  it('hands out several batches one after the other', async () => {
    const source = arraySource([ten, ten], { batchSize: 8 });
    const counts: number[] = [];
    for await (const batch of source) counts.push(batch.count);
    expect(counts).toEqual([8, 2, 8, 2]);
    expect(await collect(source)).toEqual(concatBatches([ten, ten]));
  });

  it('collects the first images only when limited', async () => {
    expect(Array.from((await collect(arraySource(ten, { batchSize: 3 }), { limit: 4 })).data)).toEqual(
      Array.from({ length: 16 }, (_, i) => i),
    );
    await expect(collect(arraySource([], { id: 'none' }))).rejects.toThrow('none gives no images');
  });

  it('refuses labels that are not one an image, and batches that are not what they say', () => {
    expect(() => arraySource(ten, { labels: ['a'] })).toThrow('1 labels for 10 images, expected one an image');
    expect(() => arraySource(ten, { batchSize: 0 })).toThrow('batchSize is 0');
    expect(() => arraySource({ ...ten, count: 9 })).toThrow('40 samples, expected 36 for 9 images of 2×2×1');
    expect(() => arraySource({ ...ten, height: 0 })).toThrow('height is 0, expected a whole number of 1 or more');
    expect(() => arraySource({ ...ten, channels: 2 as 1 })).toThrow('channels is 2, expected 1 (grey) or 3 (RGB)');
    expect(() => arraySource({ ...ten, range: [1, 1] })).toThrow('range is [1, 1], expected [min, max]');
  });
});

describe('batchFromArray', () => {
  it('counts images and knows the range of whole numbers', () => {
    expect(batchFromArray(new Uint16Array(24), { height: 2, width: 2, channels: 3 })).toMatchObject({
      count: 2,
      range: [0, 65535],
    });
  });

  it('refuses lengths, missing ranges and values that can not be', () => {
    const size = { height: 2, width: 2 };
    expect(() => batchFromArray(new Uint8Array(9), size)).toThrow('9 samples, expected a multiple of 4 (2×2×1)');
    expect(() => batchFromArray(new Float32Array(8), size)).toThrow('float samples need a range, such as [0, 1]');
    expect(() => batchFromArray(Float32Array.of(0, 1, 0, 2), { ...size, range: [0, 1] })).toThrow(
      'image 0 holds 2 at (x 1, y 1), expected values in [0, 1]: give the range that it really has',
    );
  });
});

describe('batchFromTensor', () => {
  it('reads NHWC and NHW', async () => {
    const values = Float32Array.of(-1, 0, 1, 0.5, 0.25, -0.5);
    expect(await batchFromTensor(tensor(values, [1, 1, 2, 3]), { range: [-1, 1] })).toEqual({
      data: values,
      count: 1,
      height: 1,
      width: 2,
      channels: 3,
      range: [-1, 1],
    });
    expect(await batchFromTensor(tensor(values, [2, 1, 3]), { range: [-1, 1] })).toMatchObject({
      count: 2,
      height: 1,
      width: 3,
      channels: 1,
    });
  });

  it('reads whole numbers as 8 or 16 bit', async () => {
    const values = Int32Array.of(0, 255, 7, 9);
    expect((await batchFromTensor(tensor(values, [1, 2, 2]), { range: [0, 255] })).data).toEqual(
      Uint8Array.from(values),
    );
    expect((await batchFromTensor(tensor(values, [1, 2, 2]), { range: [0, 65535] })).data).toEqual(
      Uint16Array.from(values),
    );
    expect((await batchFromTensor(tensor(values, [1, 2, 2]), { range: [0, 1000] })).data).toEqual(
      Float32Array.from(values),
    );
  });

  it('says where a value is NaN, infinite or out of range', async () => {
    const bad = async (value: number) => {
      const values = new Float32Array(2 * 4 * 5 * 3);
      values[60 + (2 * 5 + 3) * 3 + 1] = value;
      return batchFromTensor(tensor(values, [2, 4, 5, 3]), { range: [0, 1] });
    };
    await expect(bad(NaN)).rejects.toThrow('image tensor: image 1 holds NaN at (x 3, y 2), expected values in [0, 1]');
    await expect(bad(Infinity)).rejects.toThrow('image 1 holds Infinity at (x 3, y 2)');
    await expect(bad(-0.5)).rejects.toThrow('image 1 holds -0.5 at (x 3, y 2)');
    const wrapped = tensor(Int32Array.of(256), [1, 1, 1]);
    await expect(batchFromTensor(wrapped, { range: [0, 255] })).rejects.toThrow('image 0 holds 256 at (x 0, y 0)');
  });

  it('clips what rounding put outside, in a copy', async () => {
    const values = Float32Array.of(1.00001, -1.00001, 0.5, 0);
    const batch = await batchFromTensor(tensor(values, [1, 2, 2]), { range: [-1, 1] });
    expect(Array.from(batch.data)).toEqual([1, -1, 0.5, 0]);
    expect(values[0]).toBeGreaterThan(1);
  });

  it('refuses other shapes and types', async () => {
    const options = { range: [0, 1] } as const;
    const values = new Float32Array(4);
    for (const shape of [[4], [2, 2], [1, 2, 1, 2], [1, 1, 2, 2, 1], [1, 0, 4]]) {
      await expect(batchFromTensor(tensor(values, shape), options)).rejects.toThrow(
        `shape is [${shape.join(', ')}], expected [count, height, width] or [count, height, width, 1 or 3]`,
      );
    }
    await expect(batchFromTensor({ ...tensor(values, [1, 2, 2]), dtype: 'bool' }, options)).rejects.toThrow(
      'dtype is bool, expected float32 or int32',
    );
    await expect(batchFromTensor(tensor(values, [1, 2, 2]), { range: [1, 0] })).rejects.toThrow('range is [1, 0]');
  });
});

describe('tensorSource', () => {
  it('reads the tensor once, before it resolves', async () => {
    let reads = 0;
    const source = await tensorSource(
      { shape: [3, 1, 2], dtype: 'float32', data: async () => ((reads += 1), Float32Array.of(0, 0.5, 1, 1, 0, 0)) },
      { range: [0, 1], batchSize: 2 },
    );
    expect(source).toMatchObject({ id: 'tensor', count: 3 });
    await collect(source);
    expect((await collect(source)).count).toBe(3);
    expect(reads).toBe(1);
  });
});

describe('checkSamples', () => {
  it('gives back a batch without fault as it is', () => {
    expect(checkSamples(ten, 'test')).toBe(ten);
  });
});
