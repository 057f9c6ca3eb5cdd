import { randomUUID } from 'node:crypto';
import type { Dataset, Group, h5wasm as library } from 'h5wasm';
import type { WeightTensor } from '../weights/network-weights.js';

/** Many times more than any network known here has; a header that claims more is damaged or hostile. */
const MAX_BYTES = 2 ** 30;

/** Groups within groups beyond this are a link that leads back to itself. */
const MAX_DEPTH = 12;

/**
 * The tensors of a Keras `.h5` file as `layer/part`: weights of Keras Applications, whole models of Keras 1 to 3 with or without
 * a model inside the model, and the `.weights.h5` of Keras 3. Only floats are kept, the optimizer's are left out.
 *
 * The HDF5 library runs in WebAssembly on a copy of the bytes, where there is no other file: links out of this one are refused.
 * @param file its name, for messages
 * @throws RangeError when the file is damaged, hostile, or holds two layers of one name
 */
export async function readKerasH5(bytes: Uint8Array, file: string): Promise<Map<string, WeightTensor>> {
  const { default: h5wasm } = await import('h5wasm');
  const {
    FS,
    activate_throwing_error_handler: throwErrors,
    deactivate_throwing_error_handler: printErrors,
  } = await h5wasm.ready;
  const name = `${randomUUID()}.h5`;
  FS.writeFile(name, bytes);
  throwErrors();
  try {
    const opened = refusing(file, () => new h5wasm.File(name, 'r'));
    try {
      return refusing(file, () => readAll(contentsOf(opened, { h5wasm, file }), file));
    } finally {
      opened.close();
    }
  } finally {
    printErrors();
    FS.unlink(name);
  }
}

/** Whether bytes start like an HDF5 file. */
export function looksLikeHdf5(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('latin1') === '\x89HDF\r\n\x1a\n';
}

/** What the library throws becomes one line about the file. */
function refusing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new RangeError(`${file} is no complete HDF5 file: it is truncated or damaged`, { cause });
  }
}

type Library = typeof library;

/** What a file holds. */
interface Contents {
  /** By path, those of optimizers left out. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Names of layers by the path of the group of their numbered tensors: Keras 3 numbers these groups anew. */
  readonly layers: ReadonlyMap<string, string>;
}

function contentsOf(root: Group, { h5wasm, file }: { h5wasm: Library; file: string }): Contents {
  const datasets = new Map<string, Dataset>();
  const layers = new Map<string, string>();
  const walk = (group: Group, path: readonly string[]): void => {
    if (path.length > MAX_DEPTH) throw new RangeError(`${file}: the groups of ${path[0]} go round in a circle`);
    for (const name of group.keys()) {
      if (path.length === 0 && /^optimizer/.test(name)) continue;
      const item = group.get(name);
      const own = [...path, name];
      if (item instanceof h5wasm.Dataset) datasets.set(own.join('/'), item);
      else if (item instanceof h5wasm.Group) {
        const layer = name === 'vars' ? item.attrs.name?.value : undefined;
        if (typeof layer === 'string') layers.set(own.join('/'), layer);
        walk(item, own);
      } else throw new RangeError(`${file}: ${own.join('/')} is a link to elsewhere, expected numbers`);
    }
  };
  walk(root, []);
  return { datasets, layers };
}

function readAll({ datasets, layers }: Contents, file: string): Map<string, WeightTensor> {
  const sizes = [...datasets.values()].map(({ shape, metadata }) => sizeOf(shape ?? []) * metadata.size);
  if (sizes.reduce((sum, size) => sum + size, 0) > MAX_BYTES) {
    throw new RangeError(`${file} claims to hold more than ${MAX_BYTES} bytes of weights: it is damaged or hostile`);
  }
  const names = tensorNames([...datasets.keys()], layers);
  const tensors = new Map<string, WeightTensor>();
  for (const [path, dataset] of datasets) {
    const { value, shape } = dataset;
    const isFloats = value instanceof Float32Array || value instanceof Float64Array;
    if (!isFloats || shape === null) continue;
    const name = names.get(path)!;
    if (tensors.has(name)) throw new RangeError(`${file} has two tensors ${name}: take one model out of it`);
    tensors.set(name, { shape, data: Float32Array.from(value) });
  }
  return tensors;
}

/**
 * `layer/part` of each path. A tensor lies in the group of its layer (`conv2d_1/conv2d_1_1/kernel:0`, whose second part is a
 * scope that may be numbered anew), or, where a group holds a model of many layers, in that of its scope
 * (`inception_v3/conv2d_1/kernel:0`). Keras 3 numbers the tensors of a layer (`layers/conv2d_1/vars/0`), whose name is an attribute
 * of their group.
 */
function tensorNames(paths: readonly string[], layers: Contents['layers']): Map<string, string> {
  const parents = new Map<string, Set<string>>();
  for (const path of paths) {
    const { group, parent } = placeOf(path);
    parents.set(group, (parents.get(group) ?? new Set()).add(parent));
  }
  const names = new Map<string, string>();
  for (const path of paths) {
    const { group, parent, part } = placeOf(path);
    if (/\/vars$/.test(parent)) {
      const layer = layers.get(parent) ?? parent.split('/').at(-2)!;
      const count = paths.filter((other) => other.startsWith(`${parent}/`)).length;
      names.set(path, `${layer}/${numberedPart(layer, Number(part), count)}`);
    } else {
      const layer = parents.get(group)!.size === 1 ? group.split('/').at(-1)! : parent.split('/').at(-1)!;
      names.set(path, `${layer}/${part}`);
    }
  }
  return names;
}

/** Where a path lies: the layer's or model's group, the innermost group, and the tensor without TensorFlow's output number. */
function placeOf(path: string): { group: string; parent: string; part: string } {
  const names = path.split('/');
  const parent = names.slice(0, -1).join('/');
  const group = names.slice(0, names[0] === 'model_weights' ? 2 : 1).join('/');
  return { group, parent, part: names.at(-1)!.replace(/:\d+$/, '') };
}

function numberedPart(layer: string, index: number, count: number): string {
  const normalisation = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
  const parts = /^batch_normalization/.test(layer) ? normalisation.slice(-count) : ['kernel', 'bias'];
  return parts[index] ?? String(index);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
