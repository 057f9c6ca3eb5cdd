import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A folder of real data beside the checkout; tests that need one skip where it is absent. */
export function sharedData(folder: string): { path: string; absent: boolean } {
  const path = fileURLToPath(new URL(`../../../../shared/data/${folder}`, import.meta.url));
  return { path, absent: !existsSync(path) };
}
