import type { ConvolutionNode } from '../network/network.js';
import type { NetworkWeights } from './network-weights.js';

/** What follows a convolution at inference, before the ReLU: y = factor · x + offset, per filter. */
export interface FoldedBatchNorm {
  readonly factor: Float64Array;
  readonly offset: Float64Array;
}

/**
 * factor = γ / √(variance + ε), offset = β − factor · mean, in float64 so that rounding happens once, afterwards. Without
 * normalisation the factor is 1 and the offset the bias.
 */
export function foldBatchNorm(node: ConvolutionNode, weights: NetworkWeights): FoldedBatchNorm {
  const numbers = (part: string): Float32Array => weights.tensors.get(`${node.name}/${part}`)!.data;
  const { batchNorm } = node;
  if (batchNorm === undefined) {
    return { factor: new Float64Array(node.filters).fill(1), offset: Float64Array.from(numbers('bias')) };
  }
  const gamma = batchNorm.scale ? numbers('gamma') : undefined;
  const beta = numbers('beta');
  const mean = numbers('moving_mean');
  const variance = numbers('moving_variance');
  const factor = Float64Array.from(variance, (value, i) => (gamma?.[i] ?? 1) / Math.sqrt(value + batchNorm.epsilon));
  return { factor, offset: factor.map((value, i) => beta[i]! - value * mean[i]!) };
}
