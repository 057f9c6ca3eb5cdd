import { endianness } from 'node:os';

/** The bytes of float32 numbers, lowest first as in files; not a copy where the machine keeps them so. */
export function littleEndianBytes(data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}
