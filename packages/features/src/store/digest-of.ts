import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The digest of a file, in hexadecimal; read piece by piece. */
export async function digestOf(path: string, algorithm: string): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
