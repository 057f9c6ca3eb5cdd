import type { ImageBatch } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { turnImage } from '../src/finetune/turn-image.js';
import { turnedCopies } from '../src/finetune/turned-copies.js';

function grey(height: number, width: number, images: number[][]): ImageBatch {
  return { data: Uint8Array.from(images.flat()), count: images.length, height, width, channels: 1, range: [0, 255] };
}

function turned(batch: ImageBatch, turn: number): number[] {
  const to = new Uint8Array(batch.height * batch.width * batch.channels);
  turnImage(batch, { index: 0, turn, to });
  return [...to];
}

async function* sourceOf(...batches: ImageBatch[]): AsyncGenerator<ImageBatch> {
  yield* await Promise.resolve(batches);
}

async function collect(batches: AsyncIterable<ImageBatch>): Promise<ImageBatch[]> {
  const all: ImageBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

describe('turnImage', () => {
  // By hand: 1 2 over 3 4.
  it.each([
    [0, [1, 2, 3, 4]],
    [1, [2, 1, 4, 3]],
    [2, [3, 4, 1, 2]],
    [3, [4, 3, 2, 1]],
    [4, [1, 3, 2, 4]],
    [7, [4, 2, 3, 1]],
  ])('by %i', (turn, expected) => {
    expect(turned(grey(2, 2, [[1, 2, 3, 4]]), turn)).toEqual(expected);
  });

  it('has eight results that differ, each of the same pixels', () => {
    const image = grey(3, 3, [[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    const all = Array.from({ length: 8 }, (_, turn) => turned(image, turn));
    expect(new Set(all.map(String)).size).toBe(8);
    for (const one of all) expect(one.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('keeps the channels of a pixel together', () => {
    const rgb: ImageBatch = { ...grey(1, 2, [[1, 2, 3, 4, 5, 6]]), channels: 3 };
    expect(turned(rgb, 1)).toEqual([4, 5, 6, 1, 2, 3]);
  });
});

describe('turnedCopies', () => {
  const a = [1, 2, 3, 4];
  const [b, c] = [a.map((value) => value + 10), a.map((value) => value + 20)];

  it('copies the images asked for, in their order, no copy twice', async () => {
    const source = sourceOf(grey(2, 2, [a, b]), grey(2, 2, [c]));
    const batches = await collect(turnedCopies(source, { indices: [1, 2], copies: 7, seed: 3 }));
    const images = batches.flatMap(({ data, count }) =>
      Array.from({ length: count }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]),
    );
    expect(images).toHaveLength(14);
    expect(images.slice(0, 7).every((image) => [...image].sort((x, y) => x - y).join() === b.join())).toBe(true);
    expect(images.slice(7).every((image) => [...image].sort((x, y) => x - y).join() === c.join())).toBe(true);
    expect(new Set([b, ...images.slice(0, 7)].map(String)).size).toBe(8);
  });

  it('depends on the seed alone', async () => {
    const draw = async (seed: number) =>
      String(
        (await collect(turnedCopies(sourceOf(grey(2, 2, [a, b, c])), { indices: [0, 1, 2], copies: 2, seed }))).map(
          ({ data }) => data,
        ),
      );
    expect(await draw(1)).toBe(await draw(1));
    expect(await draw(1)).not.toBe(await draw(2));
  });

  it('cuts the bar off before it turns', async () => {
    const source = sourceOf(grey(3, 2, [[...a, 99, 99]]));
    const [batch] = await collect(turnedCopies(source, { indices: [0], copies: 7, seed: 1, crop: { bottom: 1 } }));
    expect(batch).toMatchObject({ count: 7, height: 2, width: 2 });
    expect([...batch!.data]).not.toContain(99);
  });

  it('mirrors images that are not square, and refuses more copies than that gives', async () => {
    const wide = grey(1, 2, [[1, 2]]);
    const [batch] = await collect(turnedCopies(sourceOf(wide), { indices: [0], copies: 3, seed: 1 }));
    expect(batch).toMatchObject({ count: 3, height: 1, width: 2 });
    await expect(collect(turnedCopies(sourceOf(wide), { indices: [0], copies: 4, seed: 1 }))).rejects.toThrow(
      'copies is 4, but images of 2×1 have 3 turned copies',
    );
  });
});
