import { open } from 'node:fs/promises';
import { readSafetensorsHeader, type SafetensorsFile } from './safetensors.js';

/** A header of many thousand tensors has fewer bytes. */
const MOST = 2 ** 24;

/** What a safetensors file says of itself; its numbers are not read. Undefined for a file that is none. */
export async function readSafetensorsMetadata(path: string): Promise<SafetensorsFile['metadata'] | undefined> {
  const file = await open(path);
  try {
    const length = Buffer.alloc(8);
    await file.read(length, 0, 8, 0);
    const bytes = Buffer.alloc(8 + Math.min(Number(length.readBigUInt64LE()), MOST));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return readSafetensorsHeader(bytes.subarray(0, bytesRead), path).metadata;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
