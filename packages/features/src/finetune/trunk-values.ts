import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBatch, checkSamples, sliceBatch, type ImageBatch } from '@plateau/images';
import type { Engine } from '../engines/engine.js';
import { littleEndianBytes } from '../weights/little-endian-bytes.js';
import { inputOf, type Network } from '../network/network.js';
import { inputPixels } from '../prepare/input-pixels.js';
import { describePreparation, type Preparation } from '../prepare/prepare-images.js';
import { pruneFolder } from '../store/prune-folder.js';
import { inferShapes } from '../network/infer-shapes.js';

/** What the frozen part of a network makes of images, on disk, height×width×channels float32 an image. */
export class TrunkValues {
  readonly #file: FileHandle;
  /** Numbers an image. */
  readonly length: number;
  /** Hash of everything the values depend on. */
  readonly key: string;

  constructor(options: { file: FileHandle; length: number; key: string }) {
    this.#file = options.file;
    this.length = options.length;
    this.key = options.key;
  }

  /** Values of the images with these indices, one after the other. */
  async read(indices: readonly number[]): Promise<Float32Array> {
    const size = 4 * this.length;
    const bytes = new Uint8Array(indices.length * size);
    for (const [i, index] of indices.entries()) {
      await this.#file.read(bytes, i * size, size, index * size);
    }
    return new Float32Array(littleEndianBytes(new Float32Array(bytes.buffer)).buffer);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** What values are computed from, and where they are kept. */
export interface TrunkOptions {
  readonly images: AsyncIterable<ImageBatch>;
  /** Absent: the values are the scaled images themselves. */
  readonly trunk: Network | undefined;
  readonly network: Network;
  readonly engine: Engine | undefined;
  readonly weightsSha256: string;
  readonly preparation: Preparation;
  readonly folder: string;
  readonly onImages?: (count: number) => void;
}

/** Values of some 8000 images before the last block; older ones give way. */
const MAX_CACHE = 4 * 2 ** 30;

/**
 * Computes the values, or finds them: they are kept under a hash of the images, the weights, the preparation and the layer, so
 * that they can't be those of something else. A file appears whole or not at all.
 */
export async function trunkValues(options: TrunkOptions): Promise<TrunkValues> {
  const { trunk, network, folder } = options;
  const output = trunk ?? { ...network, output: inputOf(network).name };
  const { height, width, channels } = inferShapes(network).get(output.output)!;
  const length = height * width * channels;
  const { key, count } = await keyOf(options, output.output);
  const path = join(folder, `trunk-${key}.f32`);
  await mkdir(folder, { recursive: true });
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size === 4 * length * count) options.onImages?.(count);
  else await computeTo(path, options, { height, width, channels });
  const values = new TrunkValues({ file: await open(path, 'r'), length, key });
  await pruneFolder(folder, { maxBytes: MAX_CACHE, keep: path });
  return values;
}

async function keyOf(options: TrunkOptions, layer: string): Promise<{ key: string; count: number }> {
  const { images, weightsSha256, preparation } = options;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([weightsSha256, layer, describePreparation(preparation)]));
  let count = 0;
  for await (const { data, height, width, channels, range, count: size } of images) {
    hash.update(JSON.stringify([height, width, channels, range, size]));
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    count += size;
  }
  return { key: hash.digest('hex').slice(0, 32), count };
}

async function computeTo(
  path: string,
  options: TrunkOptions,
  shape: { height: number; width: number; channels: number },
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'w');
  try {
    let first = 0;
    for await (const batch of options.images) {
      const images = checkSamples(checkBatch(batch), `images from ${first} on`);
      const step = options.engine?.batchSize ?? 8;
      for (let start = 0; start < batch.count; start += step) {
        const part = sliceBatch(images, start, start + step);
        await file.write(littleEndianBytes(await valuesOf(part, options, shape)));
        options.onImages?.(part.count);
      }
      first += batch.count;
    }
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

async function valuesOf(
  batch: ImageBatch,
  { network, engine, preparation }: TrunkOptions,
  shape: { height: number; width: number; channels: number },
): Promise<Float32Array> {
  const { count } = batch;
  const layout = engine?.layout ?? 'NHWC';
  const pixels = inputPixels(batch, { preparation, input: inputOf(network), layout });
  if (engine === undefined) return pixels;
  const values = await engine.run(pixels, { count });
  return layout === 'NCHW' ? channelsLast(values, { ...shape, count }) : values;
}

function channelsLast(
  values: Float32Array,
  { count, height, width, channels }: { count: number; height: number; width: number; channels: number },
): Float32Array {
  const pixels = height * width;
  const result = new Float32Array(values.length);
  let from = 0;
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        result[(image * pixels + pixel) * channels + channel] = values[from++]!;
      }
    }
  }
  return result;
}
