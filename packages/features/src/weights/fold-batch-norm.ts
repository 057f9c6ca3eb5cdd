import type { ConvolutionNode } from '../network/network.js';
import type { NetworkWeights } from './network-weights.js';

/** A batch normalisation at inference: y = factor · x + offset, per filter. */
export interface FoldedBatchNorm {
  readonly factor: Float64Array;
  readonly offset: Float64Array;
}

/** factor = γ / √(variance + ε), offset = β − factor · mean, in float64 so that rounding happens once, afterwards. */
export function foldBatchNorm(node: ConvolutionNode, weights: NetworkWeights): FoldedBatchNorm {
  const numbers = (part: string): Float32Array => weights.tensors.get(`${node.name}/${part}`)!.data;
  const gamma = node.batchNorm.scale ? numbers('gamma') : undefined;
  const beta = numbers('beta');
  const mean = numbers('moving_mean');
  const variance = numbers('moving_variance');
  const factor = Float64Array.from(
    variance,
    (value, i) => (gamma?.[i] ?? 1) / Math.sqrt(value + node.batchNorm.epsilon),
  );
  return { factor, offset: factor.map((value, i) => beta[i]! - value * mean[i]!) };
}
