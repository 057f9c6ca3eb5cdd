import { RandomState } from '@plateau/numerics';
import type { Network } from '../network/network.js';
import { createWeights, type NetworkWeights, type WeightTensor } from './network-weights.js';
import { weightShapes } from './weight-shapes.js';

/**
 * Seeded weights that keep signals alive: He's uniform initialisation (He et al. 2015), each filter shifted to sum to
 * zero. Without the shift, the positive mean that every ReLU leaves grows from layer to layer until all images look alike.
 * Small random offsets (beta) keep a blank image from having all-zero features.
 *
 * Good for tests and as a control for a trained extractor: random features see texture, but no objects.
 * @param options.seed an integer from 0 to 2³²−1; equal seeds give equal weights on every machine
 * @example randomWeights(network, { seed: 7 }).id // => 'random:7'
 */
export function randomWeights(network: Network, options: { seed: number }): NetworkWeights {
  const { seed } = options;
  const random = new RandomState(seed);
  const uniform = (): number => random.random();
  const tensors = new Map<string, WeightTensor>();
  for (const [name, shape] of weightShapes(network)) tensors.set(name, { shape, data: draw(name, shape, uniform) });
  return createWeights({
    id: `random:${seed}`,
    provenance: `He initialisation, zero-sum filters, seed ${seed}`,
    tensors,
  });
}

function draw(name: string, shape: readonly number[], uniform: () => number): Float32Array {
  const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  if (name.endsWith('/kernel')) drawFilters(data, { filters: shape.at(-1)!, uniform });
  else if (name.endsWith('/beta') || name.endsWith('/bias'))
    data.forEach((_, i) => (data[i] = OFFSET_LIMIT * (2 * uniform() - 1)));
  else if (name.endsWith('/moving_mean')) data.fill(0);
  else data.fill(1);
  return data;
}

const OFFSET_LIMIT = 0.1;

/** For a rectified normal variable, E[x²] / var(x) = π / (π − 1): a filter that sums to zero only sees the variance. */
const ZERO_SUM_GAIN = Math.PI / (Math.PI - 1);

/** Fills a kernel whose last axis counts the filters. */
function drawFilters(data: Float32Array, options: { filters: number; uniform: () => number }): void {
  const { filters, uniform } = options;
  const fanIn = data.length / filters;
  const limit = Math.sqrt((6 / fanIn) * ZERO_SUM_GAIN);
  const sums = new Float64Array(filters);
  for (let i = 0; i < data.length; i++) {
    data[i] = limit * (2 * uniform() - 1);
    sums[i % filters]! += data[i]!;
  }
  for (let i = 0; i < data.length; i++) data[i]! -= sums[i % filters]! / fanIn;
}
