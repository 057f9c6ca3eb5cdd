import { weightShapes } from '../weights/weight-shapes.js';
import type { Network } from '../network/network.js';
import type { ForeignTensor } from './tensor-layouts.js';

const STEM = ['Conv2d_1a_3x3', 'Conv2d_2a_3x3', 'Conv2d_2b_3x3', 'Conv2d_3b_1x1', 'Conv2d_4a_3x3'];
const BLOCKS = ['5b', '5c', '5d', '6a', '6b', '6c', '6d', '6e', '7a', '7b', '7c'];

const PARTS: Readonly<Record<string, string>> = {
  kernel: 'conv.weight',
  gamma: 'bn.weight',
  beta: 'bn.bias',
  moving_mean: 'bn.running_mean',
  moving_variance: 'bn.running_var',
};

/** Where the state dict of torchvision's Inception3, which pytorch-fid's weights follow, has each tensor of the `fid` variant. */
export function torchInceptionNames(network: Network): Map<string, ForeignTensor> {
  return new Map(
    [...weightShapes(network).keys()].map((tensor) => {
      const [node, part] = tensor.split('/') as [string, string];
      if (node === 'logits') return [tensor, logitsOf(part)];
      const layout = part === 'kernel' ? 'filters-first' : undefined;
      return [tensor, { name: `${moduleOf(node)}.${PARTS[part]}`, layout }];
    }),
  );
}

function logitsOf(part: string): ForeignTensor {
  return part === 'kernel' ? { name: 'fc.weight', layout: 'units-first' } : { name: 'fc.bias' };
}

function moduleOf(node: string): string {
  const stem = /^stem\.conv_(\d)$/.exec(node);
  if (stem) return STEM[Number(stem[1]) - 1]!;
  const [, block, branch] = /^mixed(\d+)\.(.+)$/.exec(node)!;
  return `Mixed_${BLOCKS[Number(block)]}.${branch}`;
}
