import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { convolutionsOf, type Network } from '../network/network.js';
import { createWeights, type NetworkWeights, type WeightTensor } from './network-weights.js';
import { weightShapes } from './weight-shapes.js';

/** An entry of a TensorFlow.js weights manifest whose numbers are stored as bytes: value = min + scale · byte. */
interface QuantisedEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly min: number;
  readonly scale: number;
}

/**
 * The InceptionV3 inside the npm package `nsfwjs`: the Keras ImageNet network fine-tuned for five kinds of picture, its
 * weights rounded to one byte each. Read from the package's model files; no code of the package runs.
 *
 * Gotcha: numbers computed with these weights compare with each other, never with published FID values.
 * @param network the `keras` variant
 * @throws Error when nsfwjs is not installed or its files are not those of InceptionV3
 */
export async function loadBundledWeights(network: Network): Promise<NetworkWeights> {
  const { folder, version } = await locate();
  const manifest = parseManifest(await readPackageFile(join(folder, 'model.min.js')));
  const bytes = await readShards(folder);
  const tensors = pickTensors(network, manifest, bytes);
  return createWeights({
    id: 'bundled',
    provenance: `nsfwjs ${version}, inception_v3: Keras InceptionV3 fine-tuned for 5 classes, uint8-quantised`,
    tensors,
  });
}

async function locate(): Promise<{ folder: string; version: string }> {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve('nsfwjs');
  } catch (cause) {
    throw new Error("weights 'bundled' come from the package nsfwjs, which is not installed: npm install nsfwjs", {
      cause,
    });
  }
  const root = join(dirname(entry), '../..');
  const { version } = JSON.parse((await readPackageFile(join(root, 'package.json'))).toString()) as { version: string };
  return { folder: join(root, 'dist/models/inception_v3'), version };
}

async function readPackageFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Error(`nsfwjs has no ${path}, expected it as in 4.2: npm install nsfwjs@4.2`, { cause });
  }
}

/** The files are scripts that wrap JSON-like data; the entries that describe arrays are plain enough to be read as text. */
function parseManifest(script: Buffer): QuantisedEntry[] {
  const number = String.raw`(-?[\d.]+(?:e[-+]?\d+)?)`;
  const entry = new RegExp(
    String.raw`\{name:"([^"]+)",shape:\[([\d,]*)\],dtype:"float32",quantization:\{min:${number},scale:${number},dtype:"uint8"\}\}`,
    'g',
  );
  return [...script.toString('latin1').matchAll(entry)].map(([, name, shape, min, scale]) => ({
    name: name!,
    shape: shape!.split(',').map(Number),
    min: Number(min),
    scale: Number(scale),
  }));
}

const SHARDS = 6;

async function readShards(folder: string): Promise<Buffer> {
  const files = Array.from({ length: SHARDS }, (_, i) => `group1-shard${i + 1}of${SHARDS}.min.js`);
  return Buffer.concat(
    await Promise.all(files.map(async (file) => decodeShard(await readPackageFile(join(folder, file)), file))),
  );
}

/** A shard is a script that exports one string of base64. */
function decodeShard(script: Buffer, file: string): Buffer {
  const opening = '.exports="';
  const start = script.indexOf(opening) + opening.length;
  const end = script.indexOf('"', start);
  if (start < opening.length || end < 0) {
    throw new Error(`${file} of nsfwjs holds no base64 string, expected one as in 4.2: npm install nsfwjs@4.2`);
  }
  return Buffer.from(script.toString('latin1', start, end), 'base64');
}

/** The numbers that the network needs. The k-th convolution of the description is Keras' `conv2d_k`. */
function pickTensors(
  network: Network,
  manifest: readonly QuantisedEntry[],
  bytes: Uint8Array,
): Map<string, WeightTensor> {
  const wanted = kerasNames(network);
  const tensors = new Map<string, WeightTensor>();
  let offset = 0;
  for (const entry of manifest) {
    const size = entry.shape.reduce((product, extent) => product * extent, 1);
    const name = wanted.get(entry.name);
    if (name !== undefined) {
      tensors.set(name, { shape: entry.shape, data: dequantise(entry, bytes.subarray(offset, offset + size)) });
    }
    offset += size;
  }
  if (offset !== bytes.length) {
    throw new Error(
      `the weights of nsfwjs hold ${bytes.length} bytes, their manifest describes ${offset}: npm install nsfwjs@4.2`,
    );
  }
  return tensors;
}

/** From Keras' automatic names to those of the description. */
function kerasNames(network: Network): Map<string, string> {
  const numbers = new Map(convolutionsOf(network).map(({ name }, i) => [name, i + 1]));
  const names = new Map<string, string>();
  for (const tensor of weightShapes(network).keys()) {
    const [node, part] = tensor.split('/') as [string, string];
    const layer = part === 'kernel' ? 'conv2d' : 'batch_normalization';
    names.set(`${layer}_${numbers.get(node)!}/${part}`, tensor);
  }
  return names;
}

function dequantise({ min, scale }: QuantisedEntry, bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = bytes[i]! * scale + min;
  return values;
}
