import type { Network } from '../network/network.js';
import { loadBundledWeights } from './bundled-weights.js';
import type { NetworkWeights } from './network-weights.js';
import { randomWeights } from './random-weights.js';

/** Names a set of weights: `bundled`, or `random:` and a seed. */
export type WeightsSource = 'bundled' | `random:${number}`;

/**
 * Loads the weights that a source names.
 * @throws RangeError when the name is unknown; Error when what it names is not installed
 */
export async function loadWeights(network: Network, source: WeightsSource): Promise<NetworkWeights> {
  if (source === 'bundled') return loadBundledWeights(network);
  const seed = /^random:(\d{1,10})$/.exec(source)?.[1];
  if (seed === undefined || Number(seed) >= 2 ** 32) {
    throw new RangeError(
      `unknown weights '${source}': expected 'bundled' or 'random:<seed>' with a whole seed from 0 to ${2 ** 32 - 1}`,
    );
  }
  return randomWeights(network, { seed: Number(seed) });
}
