import type { ConvolutionNode } from '../network/network.js';
import type { WeightTensor } from './network-weights.js';

/**
 * The tensors, by name, of a batch normalisation that does nothing but add a bias, for a convolution that has its own folded in:
 * β carries the bias, mean 0 and variance 1 − ε make the rest of it 1.
 */
export function neutralNormalisation(node: ConvolutionNode, bias: Float32Array): Map<string, WeightTensor> {
  const { name, filters, batchNorm } = node;
  if (batchNorm === undefined) throw new RangeError(`convolution '${name}' has no normalisation: give it a bias`);
  const tensor = (data: Float32Array): WeightTensor => ({ shape: [filters], data });
  const all = (value: number) => tensor(new Float32Array(filters).fill(value));
  return new Map([
    ...(batchNorm.scale ? ([[`${name}/gamma`, all(1)]] as const) : []),
    [`${name}/beta`, tensor(bias)],
    [`${name}/moving_mean`, all(0)],
    [`${name}/moving_variance`, all(1 - batchNorm.epsilon)],
  ]);
}
