import { inferShapes } from '../network/infer-shapes.js';
import { convolutionsOf, denseNodesOf, type Network } from '../network/network.js';
import type { NetworkWeights } from './network-weights.js';

/** Name and shape of every tensor that a network needs. */
export function weightShapes(network: Network): Map<string, readonly number[]> {
  const values = inferShapes(network);
  const shapes = new Map<string, readonly number[]>();
  for (const { name, input, kernel, filters, batchNorm } of convolutionsOf(network)) {
    shapes.set(`${name}/kernel`, [...kernel, values.get(input)!.channels, filters]);
    if (batchNorm === undefined) {
      shapes.set(`${name}/bias`, [filters]);
      continue;
    }
    if (batchNorm.scale) shapes.set(`${name}/gamma`, [filters]);
    shapes.set(`${name}/beta`, [filters]);
    shapes.set(`${name}/moving_mean`, [filters]);
    shapes.set(`${name}/moving_variance`, [filters]);
  }
  for (const { input, units, weights, bias } of denseNodesOf(network)) {
    shapes.set(`${weights}/kernel`, [values.get(input)!.channels, units]);
    if (bias) shapes.set(`${weights}/bias`, [units]);
  }
  return shapes;
}

/**
 * Makes sure that weights fit a network.
 * @throws RangeError that names the first tensor which is missing, has another shape or too few numbers
 */
export function checkWeights(network: Network, weights: NetworkWeights): void {
  for (const [name, shape] of weightShapes(network)) {
    const tensor = weights.tensors.get(name);
    if (tensor === undefined) {
      throw new RangeError(
        `weights '${weights.id}' lack the tensor ${name} (${shape.join('×')}) of ${network.id}: they are of another network`,
      );
    }
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (tensor.shape.join() !== shape.join() || tensor.data.length !== size) {
      throw new RangeError(
        `weights '${weights.id}' have ${name} as ${tensor.shape.join('×')} (${tensor.data.length} numbers), ` +
          `${network.id} expects ${shape.join('×')}: they are of another network`,
      );
    }
  }
}
