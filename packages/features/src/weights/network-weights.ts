import { createHash } from 'node:crypto';
import { littleEndianBytes } from './little-endian-bytes.js';

/** Numbers of one named array, row-major. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Everything that was trained, by name: `<node>/kernel` (height×width×in×out), `<node>/beta`, `<node>/moving_mean`,
 * `<node>/moving_variance` and, where the normalisation scales, `<node>/gamma`; without normalisation `<node>/bias`. Of a
 * dense node: `<weights>/kernel` (in×out) and, where it has one, `<weights>/bias`.
 */
export interface NetworkWeights {
  /** Short name for results: `bundled`, `random:7`, … */
  readonly id: string;
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** Where the numbers come from, in words. */
  readonly provenance: string;
  /** Hash of names, shapes and values; the same whatever runs the network. */
  readonly sha256: string;
}

/** Weights with their hash. */
export function createWeights(options: {
  id: string;
  provenance: string;
  tensors: ReadonlyMap<string, WeightTensor>;
}): NetworkWeights {
  return { ...options, sha256: hashOf(options.tensors) };
}

/**
 * SHA-256 over the tensors in the order of their names (UTF-16 code units): for each a line `name shape\n`, the shape
 * joined by `×`, then the float32 values in little-endian order.
 */
function hashOf(tensors: ReadonlyMap<string, WeightTensor>): string {
  const hash = createHash('sha256');
  for (const name of [...tensors.keys()].sort()) {
    const { shape, data } = tensors.get(name)!;
    hash.update(`${name} ${shape.join('×')}\n`);
    hash.update(littleEndianBytes(data));
  }
  return hash.digest('hex');
}
