import type { WeightTensor } from '../weights/network-weights.js';
import { floatTypes, readFloats, type FloatType } from './float-types.js';
import { readPickle, type PickleGlobal, type PickleHooks } from './pickle.js';
import { readZip } from './read-zip.js';

/** Numbers that tensors are views of. */
interface Storage {
  readonly key: string;
  /** Absent for integers, which no network here needs. */
  readonly type: FloatType | undefined;
}

/** A tensor as the pickle describes it, before its numbers are read. */
class LazyTensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

const STORAGES: Readonly<Record<string, FloatType | undefined>> = {
  'torch.FloatStorage': floatTypes.F32,
  'torch.DoubleStorage': floatTypes.F64,
  'torch.HalfStorage': floatTypes.F16,
  'torch.BFloat16Storage': floatTypes.BF16,
  'torch.LongStorage': undefined,
  'torch.IntStorage': undefined,
  'torch.ShortStorage': undefined,
  'torch.CharStorage': undefined,
  'torch.ByteStorage': undefined,
  'torch.BoolStorage': undefined,
};

const REBUILD_TENSOR = new Set(['torch._utils._rebuild_tensor_v2', 'torch._utils._rebuild_tensor']);
const REBUILD_PARAMETER = 'torch._utils._rebuild_parameter';
const ORDERED_DICT = 'collections.OrderedDict';

/**
 * The tensors of a PyTorch `.pth` file (a state dict, or a checkpoint with one under `state_dict` or `model`): today's zip
 * archives and the format before PyTorch 1.6. The pickle inside is read as data; one that names anything but tensors is
 * refused. Floats of 16 and 64 bits become float32, tensors of integers are left out.
 * @param file its name, for messages
 * @throws RangeError when the file is truncated, damaged, hostile, or no state dict
 */
export function readPytorch(bytes: Uint8Array, file: string): Map<string, WeightTensor> {
  return isZip(bytes) ? readArchive(bytes, file) : readLegacy(bytes, file);
}

/** Whether bytes start like a PyTorch file of either format. */
export function looksLikePytorch(bytes: Uint8Array): boolean {
  return isZip(bytes) || (bytes[0] === 0x80 && bytes[1] === 2 && bytes[2] === 0x8a);
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

function readArchive(bytes: Uint8Array, file: string): Map<string, WeightTensor> {
  const entries = new Map(readZip(bytes, file).map((entry) => [entry.name, entry]));
  const pickle = [...entries.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickle === undefined) throw new RangeError(`${file} is a zip archive without data.pkl, expected a PyTorch file`);
  const root = pickle.slice(0, -'data.pkl'.length);
  const { value } = readPickle(entries.get(pickle)!.read(), hooksFor(file), { file });
  const storages = new Map<string, Uint8Array>();
  return tensorsOf(value, file, ({ key }) => {
    const entry = entries.get(`${root}data/${key}`);
    if (entry === undefined)
      throw new RangeError(`${file} lacks the numbers ${root}data/${key}: it is truncated or damaged`);
    if (!storages.has(key)) storages.set(key, entry.read());
    return storages.get(key)!;
  });
}

/** Three pickles about the format, one with the tensors, one with the order of the storages, then their numbers. */
function readLegacy(bytes: Uint8Array, file: string): Map<string, WeightTensor> {
  const hooks = hooksFor(file);
  let at = 0;
  const next = (): unknown => {
    const { value, end } = readPickle(bytes, hooks, { file, start: at });
    at = end;
    return value;
  };
  for (let i = 0; i < 3; i++) next();
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw notAStateDict(file);
  const types = new Map(lazyTensors(value, file).map(([, { storage }]) => [storage.key, storage.type]));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const storages = new Map<string, Uint8Array>();
  for (const key of keys.map(String)) {
    const type = types.get(key);
    if (at + 8 > bytes.length) throw truncated(file);
    const length = Number(view.getBigInt64(at, true)) * (type?.size ?? 0);
    at += 8;
    if (type === undefined || length < 0 || at + length > bytes.length) throw truncated(file);
    storages.set(key, bytes.subarray(at, at + length));
    at += length;
  }
  return tensorsOf(value, file, ({ key }) => {
    const found = storages.get(key);
    if (found === undefined) throw truncated(file);
    return found;
  });
}

function truncated(file: string): RangeError {
  return new RangeError(`${file} lacks numbers that it names: it is truncated or damaged`);
}

function notAStateDict(file: string): RangeError {
  return new RangeError(`${file} holds no state dict: save model.state_dict(), not the model`);
}

function hooksFor(file: string): PickleHooks {
  return {
    allowed: new Set([ORDERED_DICT, REBUILD_PARAMETER, ...REBUILD_TENSOR, ...Object.keys(STORAGES)]),
    reduce({ name }, args) {
      if (name === ORDERED_DICT) return orderedDict(args, file);
      if (name === REBUILD_PARAMETER && args[0] instanceof LazyTensor) return args[0];
      if (REBUILD_TENSOR.has(name)) return rebuild(args, file);
      throw notAStateDict(file);
    },
    persistent(id) {
      const [kind, type, key] = Array.isArray(id) ? (id as [unknown, PickleGlobal, unknown]) : [];
      if (kind !== 'storage' || !(type && type.name in STORAGES)) throw notAStateDict(file);
      return { key: String(key), type: STORAGES[type.name] } satisfies Storage;
    },
  };
}

/** Empty, or, as Python 2 has it, of a list of pairs. */
function orderedDict([pairs = []]: readonly unknown[], file: string): Map<unknown, unknown> {
  if (!Array.isArray(pairs) || !pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
    throw notAStateDict(file);
  return new Map(pairs as [unknown, unknown][]);
}

function rebuild([storage, offset, shape, strides]: readonly unknown[], file: string): LazyTensor {
  const isStorage = typeof storage === 'object' && storage !== null && 'key' in storage;
  if (!isStorage || !isWholes([offset]) || !isWholes(shape) || !isWholes(strides) || shape.length !== strides.length) {
    throw notAStateDict(file);
  }
  return new LazyTensor(storage as Storage, offset as number, shape, strides);
}

function isWholes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);
}

function tensorsOf(value: unknown, file: string, read: (storage: Storage) => Uint8Array): Map<string, WeightTensor> {
  const tensors = new Map<string, WeightTensor>();
  for (const [name, tensor] of lazyTensors(value, file)) {
    const { type } = tensor.storage;
    if (type === undefined) continue;
    tensors.set(name, { shape: tensor.shape, data: gather(tensor, { name, file, type, bytes: read(tensor.storage) }) });
  }
  return tensors;
}

function lazyTensors(value: unknown, file: string): [string, LazyTensor][] {
  if (!(value instanceof Map)) throw notAStateDict(file);
  const dictionary = value as Map<unknown, unknown>;
  const inner = dictionary.get('state_dict') ?? dictionary.get('model');
  if (inner instanceof Map) return lazyTensors(inner, file);
  const found = [...dictionary].filter((pair): pair is [string, LazyTensor] => pair[1] instanceof LazyTensor);
  if (found.length === 0) throw notAStateDict(file);
  return found;
}

/** The numbers of a view, row-major. */
function gather(
  { offset, shape, strides }: LazyTensor,
  source: { name: string; file: string; type: FloatType; bytes: Uint8Array },
): Float32Array {
  const { name, file, type, bytes } = source;
  const size = shape.reduce((product, extent) => product * extent, 1);
  const last = shape.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis]!, offset);
  if (size > 0 && (last + 1) * type.size > bytes.length) {
    throw new RangeError(
      `${file}: tensor ${name} (${shape.join('×')}) has fewer numbers than its shape: it is damaged`,
    );
  }
  // A stride of 0 repeats numbers: without this bound, a few bytes could ask for any amount of memory.
  if (size * type.size > bytes.length) {
    throw new RangeError(
      `${file}: tensor ${name} (${shape.join('×')}) repeats its numbers, expected each to be stored`,
    );
  }
  const numbers = readFloats(bytes.subarray(0, bytes.length - (bytes.length % type.size)), type);
  const result = new Float32Array(size);
  const index = shape.map(() => 0);
  for (let i = 0, at = offset; i < size; i++) {
    result[i] = numbers[at]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
