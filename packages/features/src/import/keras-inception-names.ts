import { convolutionsOf, type Network } from '../network/network.js';
import { weightShapes } from '../weights/weight-shapes.js';
import type { ForeignTensor } from './tensor-layouts.js';

/**
 * Where a Keras InceptionV3 has each tensor. Keras numbers layers as they are made, `conv2d_1`, `conv2d_2`, … and
 * `batch_normalization_1`, …; the first may be called `conv2d`, and numbers start higher when the process had made others.
 * @param names of the tensors in the file
 */
export function kerasInceptionNames(network: Network, names: Iterable<string>): Map<string, ForeignTensor> {
  const given = [...names];
  const first = { conv2d: lowest(given, 'conv2d'), batch_normalization: lowest(given, 'batch_normalization') };
  const order = new Map(convolutionsOf(network).map(({ name }, i) => [name, i]));
  return new Map(
    [...weightShapes(network).keys()].map((tensor) => {
      const [node, part] = tensor.split('/') as [string, string];
      const layer = part === 'kernel' ? 'conv2d' : 'batch_normalization';
      const number = first[layer] + order.get(node)!;
      return [tensor, { name: `${number === 0 ? layer : `${layer}_${number}`}/${part}` }];
    }),
  );
}

/** Least number of the layers of a kind; a layer without number counts as 0. */
function lowest(names: readonly string[], layer: string): number {
  const pattern = new RegExp(`^${layer}(?:_(\\d+))?/`);
  const numbers = names.flatMap((name) => {
    const match = pattern.exec(name);
    return match ? [Number(match[1] ?? 0)] : [];
  });
  return numbers.reduce((least, number) => Math.min(least, number), Infinity);
}
