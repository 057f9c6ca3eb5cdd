import { readFileSync } from 'node:fs';
import { readNpy, readNpyMatrix, type Matrix } from '@plateau/numerics';

// test-fixtures/fidelity/README.md says where the features and the numbers come from.
const folder = new URL('../../../test-fixtures/fidelity/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));

/** What the reference implementations say, by set. */
export const expected = JSON.parse(new TextDecoder().decode(read('expected.json')));

/** The sets that most metrics were computed on. */
export const setNames = ['gauss64', 'relu2048', 'collapse128', 'copies128', 'blurred128'] as const;

/** The features of a golden set. */
export function goldenSet(name: string): { reference: Matrix; generated: Matrix } {
  return {
    reference: readNpyMatrix(read(`${name}.reference.npy`)),
    generated: readNpyMatrix(read(`${name}.generated.npy`)),
  };
}

/** One golden array of any shape. */
export function goldenMatrix(name: string): Matrix {
  const { data, shape } = readNpy(read(name));
  return { data, rows: shape[0], cols: shape[1] ?? 1 };
}
