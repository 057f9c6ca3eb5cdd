import { floatTypes, readFloats } from './float-types.js';
import { littleEndianBytes } from '../weights/little-endian-bytes.js';
import type { WeightTensor } from '../weights/network-weights.js';

/** What a safetensors file holds. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** The `__metadata__` of its header. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own bound on the header, which keeps a damaged length from being believed. */
const MAX_HEADER = 100_000_000;

/** Whether a file begins with the length of a header, then its brace. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[8] === 0x7b && bytes.subarray(5, 8).every((byte) => byte === 0);
}

/**
 * Reads a safetensors file: an 8-byte length, a header of JSON, the numbers. 16- and 64-bit floats become float32, tensors of
 * integers are left out.
 * @param file its name, for messages
 * @throws RangeError when it is truncated or its header describes numbers that aren't there
 */
export function readSafetensors(bytes: Uint8Array, file: string): SafetensorsFile {
  const { header, start, metadata } = readSafetensorsHeader(bytes, file);
  const tensors = new Map<string, WeightTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = checkEntry(entry, name, file);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const type = floatTypes[dtype];
    const [from, to] = offsets;
    if (!(from >= 0 && from <= to && start + to <= bytes.length) || (type && to - from !== size * type.size)) {
      throw new RangeError(
        `${file}: tensor ${name} (${shape.join('×')} ${dtype}) is said to be bytes ${from} to ${to} of ${bytes.length - start}: the file is truncated or damaged`,
      );
    }
    if (type === undefined) continue;
    tensors.set(name, { shape, data: readFloats(bytes.subarray(start + from, start + to), type) });
  }
  return { tensors, metadata };
}

/**
 * What comes before the numbers.
 * @throws RangeError as {@link readSafetensors}
 */
export function readSafetensorsHeader(
  bytes: Uint8Array,
  file: string,
): { header: Record<string, unknown>; metadata: SafetensorsFile['metadata']; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerLength = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (headerLength < 2 || headerLength > Math.min(MAX_HEADER, bytes.length - 8)) {
    throw new RangeError(`${file} is no complete safetensors file: ${bytes.length} bytes hold no header`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerLength), file);
  const { __metadata__: metadata } = header;
  return { header, metadata: isStrings(metadata) ? metadata : {}, start: 8 + headerLength };
}

/** The bytes of a safetensors file, float32, tensors in the order of the map. */
export function writeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  // The numbers start at a multiple of 8, as the format recommends.
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, ...[...tensors.values()].map(({ data }) => littleEndianBytes(data))]);
}

function parseHeader(bytes: Uint8Array, file: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof header === 'object' && header !== null) return header as Record<string, unknown>;
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new RangeError(`${file} is no safetensors file: its header is no JSON object`);
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function checkEntry(entry: unknown, name: string, file: string): Entry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !isWholes(shape) || !isWholes(offsets) || offsets.length !== 2) {
    throw new RangeError(`${file}: the header describes tensor ${name} without dtype, shape and data_offsets`);
  }
  return { dtype, shape, data_offsets: [offsets[0]!, offsets[1]!] };
}

function isWholes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function isStrings(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');
}
