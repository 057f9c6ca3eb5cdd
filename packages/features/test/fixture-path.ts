import { fileURLToPath } from 'node:url';

/** Path of a file in test-fixtures/features; its README says how each was made. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../../../test-fixtures/features/${name}`, import.meta.url));
}
