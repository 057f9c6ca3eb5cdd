import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { floatTypes, readFloats } from '../formats/float-types.js';
import { inferShapes } from '../network/infer-shapes.js';
import { convolutionsOf, type ConvolutionNode, type Network } from '../network/network.js';
import { neutralNormalisation } from '../weights/neutral-normalisation.js';
import type { WeightTensor } from '../weights/network-weights.js';

/**
 * The FID network's convolutions from a folder of raw float32 files: `weights_NAME.dat` is filters×height×width×channels,
 * `bias_NAME.dat` one number a filter, NAME the operation's name in TensorFlow's graph of 2015-12-05 with `_` for `/`. Batch
 * normalisation is folded into them; it is given back as one that changes nothing but to add the bias.
 *
 * Convolutions that have no file are left out: such weights serve the layers before them.
 * @param network the `fid` variant
 * @throws RangeError when a file has another length than the network expects
 */
export async function importRawFid(network: Network, folder: string): Promise<Map<string, WeightTensor>> {
  const files = new Set(await readdir(folder));
  const shapes = inferShapes(network);
  const tensors = new Map<string, WeightTensor>();
  for (const node of convolutionsOf(network)) {
    const name = graphName(node.name);
    if (!files.has(`weights_${name}.dat`)) continue;
    const channels = shapes.get(node.input)!.channels;
    const size = node.kernel[0] * node.kernel[1] * channels * node.filters;
    const kernel = await readFloatFile(join(folder, `weights_${name}.dat`), size);
    const bias = await readFloatFile(join(folder, `bias_${name}.dat`), node.filters);
    tensors.set(`${node.name}/kernel`, filtersLast(kernel, node, channels));
    for (const [name, tensor] of neutralNormalisation(node, bias)) tensors.set(name, tensor);
  }
  if (tensors.size === 0) {
    throw new RangeError(`${folder} holds no weights_conv.dat, expected the raw files of the FID network`);
  }
  return tensors;
}

/** Whether a folder holds such files. */
export function looksLikeRawFid(files: readonly string[]): boolean {
  return files.includes('weights_conv.dat') && files.includes('bias_conv.dat');
}

/** From `mixed4.branch7x7dbl_2` to `mixed_4_tower_1_conv_1`: branches are `tower`s, counted from the second on. */
function graphName(node: string): string {
  const stem = /^stem\.conv_(\d)$/.exec(node);
  if (stem) return convName(Number(stem[1]) - 1);
  const [, block, branch, step = '1'] = /^mixed(\d+)\.(branch[0-9a-z]+|branch_pool)(?:_(\d)[ab]?)?$/.exec(node)!;
  const scope = block === '0' ? 'mixed' : `mixed_${block}`;
  const tower = towerOf(Number(block), branch!);
  return [scope, ...tower, convName(Number(step) - 1)].join('_');
}

function convName(index: number): string {
  return index === 0 ? 'conv' : `conv_${index}`;
}

function towerOf(block: number, branch: string): string[] {
  if (branch === 'branch1x1' || (block === 3 && branch === 'branch3x3')) return [];
  if (branch === 'branch_pool') return ['tower_2'];
  const second = block === 3 ? 'tower' : 'tower_1';
  return branch.endsWith('dbl') || branch === 'branch7x7x3' ? [second] : ['tower'];
}

async function readFloatFile(path: string, size: number): Promise<Float32Array> {
  const bytes = await readFile(path);
  if (bytes.length !== 4 * size) {
    throw new RangeError(`${path} has ${bytes.length} bytes, expected ${4 * size} (${size} float32 numbers)`);
  }
  return readFloats(bytes, floatTypes.F32!);
}

/** From filters×height×width×channels to height×width×channels×filters. */
function filtersLast(kernel: Float32Array, node: ConvolutionNode, channels: number): WeightTensor {
  const { filters } = node;
  const rest = kernel.length / filters;
  const data = new Float32Array(kernel.length);
  for (let filter = 0; filter < filters; filter++) {
    for (let i = 0; i < rest; i++) data[i * filters + filter] = kernel[filter * rest + i]!;
  }
  return { shape: [...node.kernel, channels, filters], data };
}
