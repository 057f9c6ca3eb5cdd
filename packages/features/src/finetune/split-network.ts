import { inferShapes } from '../network/infer-shapes.js';
import type { InputNode, Network, NetworkNode } from '../network/network.js';
import { nodesUpTo } from '../network/network-up-to.js';

/** What is trained: the classifier only (`head`), the blocks from one on, or everything. */
export type Unfreeze = 'head' | 'all' | `mixed${number}`;

/** A network in two: what stays as it is, and what is trained on its values. */
export interface SplitNetwork {
  /** Ends in maps, not in a vector; absent when everything is trained. */
  readonly trunk: Network | undefined;
  /** Reads the trunk's values, ends in `logits`. */
  readonly tail: Network;
}

const IDENTITY = { subtract: 0, divide: 1 } as const;

/**
 * Cuts InceptionV3 before the first block that is trained, and gives it a classifier.
 * @throws RangeError when there is no such block
 */
export function splitNetwork(network: Network, options: { unfreeze: Unfreeze; classes: number }): SplitNetwork {
  const { unfreeze, classes } = options;
  const features = nodesUpTo(network, 'pool');
  const logits: NetworkNode = {
    kind: 'dense',
    name: 'logits',
    input: 'pool',
    units: classes,
    weights: 'logits',
    bias: true,
  };
  if (unfreeze === 'all')
    return { trunk: undefined, tail: { id: 'tail', nodes: [...features, logits], output: 'logits' } };
  const boundary = boundaryOf(network, unfreeze);
  const frozen = nodesUpTo(network, boundary);
  const shape = inferShapes(network).get(boundary)!;
  const input: InputNode = { kind: 'input', name: boundary, ...shape, scaling: IDENTITY };
  const trained = features.filter((node) => !frozen.includes(node));
  const tail =
    unfreeze === 'head'
      ? [{ ...input, name: 'pooled' }, { kind: 'global-average-pool', name: 'pool', input: 'pooled' } as const]
      : [input, ...trained];
  return {
    trunk: { id: network.id, nodes: frozen, output: boundary },
    tail: { id: 'tail', nodes: [...tail, logits], output: 'logits' },
  };
}

function boundaryOf(network: Network, unfreeze: Unfreeze): string {
  if (unfreeze === 'head') return 'pool';
  const block = /^mixed(\d+)$/.exec(unfreeze)?.[1];
  if (block === undefined || !network.nodes.some(({ name }) => name === unfreeze)) {
    throw new RangeError(`can't unfreeze '${unfreeze}': expected head, mixed10, mixed9, … mixed0, or all`);
  }
  return block === '0' ? 'stem.pool_2' : `mixed${Number(block) - 1}`;
}
