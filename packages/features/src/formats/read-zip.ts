import { inflateRawSync } from 'node:zlib';

/** A file of a zip archive, in memory: nothing is written anywhere, so that its name can't lead outside a folder. */
export interface ZipEntry {
  readonly name: string;
  /** @throws RangeError when the data is damaged or larger than the archive says */
  read(): Uint8Array;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const MAX_COMMENT = 65_535;

/** Deflate shrinks at most 1032-fold; weights hardly shrink at all. Beyond this an archive is no weight file. */
const MAX_RATIO = 100;

/**
 * The files of a zip archive: stored or deflated, without encryption, below 4 GiB.
 * @param file its name, for messages
 * @throws RangeError when it is truncated, damaged, or would unpack to more than 100 times its size
 */
export function readZip(bytes: Uint8Array, file: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  if (end === undefined)
    throw new RangeError(`${file} is no complete zip archive: its directory is missing; copy it again`);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw damaged(file);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const local = view.getUint32(at + 42, true);
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('utf8');
    total += size;
    if (total > MAX_RATIO * bytes.length) {
      throw new RangeError(
        `${file} has ${bytes.length} bytes and would unpack to more than ${MAX_RATIO} times that: it is no weight file`,
      );
    }
    entries.push({ name, read: () => unpack(bytes, { file, name, method, packed, size, local }) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

interface Location {
  readonly file: string;
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly local: number;
}

function unpack(bytes: Uint8Array, { file, name, method, packed, size, local }: Location): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) throw damaged(file);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > bytes.length) throw damaged(file);
  const data = bytes.subarray(start, start + packed);
  if (method === 0 && packed === size) return data;
  if (method !== 8)
    throw new RangeError(`${file}: ${name} is packed by method ${method}, expected 0 (stored) or 8 (deflated)`);
  let unpacked: Uint8Array;
  try {
    unpacked = inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw new RangeError(`${file}: ${name} doesn't unpack to the ${size} bytes that the archive says: it is damaged`, {
      cause,
    });
  }
  if (unpacked.length !== size) throw damaged(file);
  return unpacked;
}

function damaged(file: string): RangeError {
  return new RangeError(`${file} is a damaged zip archive: its directory and its files don't agree; copy it again`);
}
