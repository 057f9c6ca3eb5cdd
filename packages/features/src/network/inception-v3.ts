import type { Network } from './network.js';
import { NetworkBuilder } from './network-builder.js';

/** `keras`: the ImageNet network of Keras applications. */
export type InceptionV3Variant = 'keras';

/**
 * InceptionV3 (Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision") up to its average pool:
 * 94 convolutions in eleven blocks, `mixed0` … `mixed10`, then `pool` with 2048 values.
 *
 * The `keras` variant normalises with ε = 1e-3 and no gamma, and reads pixels scaled to [−1, 1].
 * @example describeInceptionV3({ variant: 'keras' }).output // => 'pool'
 */
export function describeInceptionV3(options: { variant: InceptionV3Variant }): Network {
  if (options.variant !== 'keras') {
    throw new RangeError(`unknown InceptionV3 variant '${String(options.variant)}': expected 'keras'`);
  }
  const net = new NetworkBuilder({ batchNorm: { epsilon: 1e-3, scale: false } });
  let x = stem(net);
  x = blockA(net, 'mixed0', x, { poolFilters: 32 });
  x = blockA(net, 'mixed1', x, { poolFilters: 64 });
  x = blockA(net, 'mixed2', x, { poolFilters: 64 });
  x = reductionA(net, 'mixed3', x);
  x = blockB(net, 'mixed4', x, { filters: 128 });
  x = blockB(net, 'mixed5', x, { filters: 160 });
  x = blockB(net, 'mixed6', x, { filters: 160 });
  x = blockB(net, 'mixed7', x, { filters: 192 });
  x = reductionB(net, 'mixed8', x);
  x = blockC(net, 'mixed9', x);
  x = blockC(net, 'mixed10', x);
  return net.build({ id: 'inception-v3', output: net.globalAveragePool('pool', x) });
}

/** 299×299×3 → 35×35×192. */
function stem(net: NetworkBuilder): string {
  const image = net.input({
    name: 'image',
    height: 299,
    width: 299,
    channels: 3,
    scaling: { subtract: 127.5, divide: 127.5 },
  });
  let x = net.convolution('stem.conv_1', image, { filters: 32, kernel: [3, 3], stride: 2, padding: 'valid' });
  x = net.convolution('stem.conv_2', x, { filters: 32, kernel: [3, 3], padding: 'valid' });
  x = net.convolution('stem.conv_3', x, { filters: 64, kernel: [3, 3] });
  x = halvingPool(net, 'stem.pool_1', x);
  x = net.convolution('stem.conv_4', x, { filters: 80, padding: 'valid' });
  x = net.convolution('stem.conv_5', x, { filters: 192, kernel: [3, 3], padding: 'valid' });
  return halvingPool(net, 'stem.pool_2', x);
}

/** 35×35: branches 1×1, 5×5, double 3×3, pooled. */
function blockA(net: NetworkBuilder, name: string, x: string, options: { poolFilters: number }): string {
  return net.concat(name, [
    net.branch(`${name}.branch1x1`, x, [{ filters: 64 }]),
    net.branch(`${name}.branch5x5`, x, [{ filters: 48 }, { filters: 64, kernel: [5, 5] }]),
    net.branch(`${name}.branch3x3dbl`, x, [
      { filters: 64 },
      { filters: 96, kernel: [3, 3] },
      { filters: 96, kernel: [3, 3] },
    ]),
    pooledBranch(net, `${name}.branch_pool`, x, { filters: options.poolFilters }),
  ]);
}

/** 35×35 → 17×17. */
function reductionA(net: NetworkBuilder, name: string, x: string): string {
  return net.concat(name, [
    net.branch(`${name}.branch3x3`, x, [{ filters: 384, kernel: [3, 3], stride: 2, padding: 'valid' }]),
    net.branch(`${name}.branch3x3dbl`, x, [
      { filters: 64 },
      { filters: 96, kernel: [3, 3] },
      { filters: 96, kernel: [3, 3], stride: 2, padding: 'valid' },
    ]),
    halvingPool(net, `${name}.pool`, x),
  ]);
}

/** 17×17: 7×7 windows factored into 1×7 and 7×1. */
function blockB(net: NetworkBuilder, name: string, x: string, options: { filters: number }): string {
  const { filters } = options;
  return net.concat(name, [
    net.branch(`${name}.branch1x1`, x, [{ filters: 192 }]),
    net.branch(`${name}.branch7x7`, x, [{ filters }, { filters, kernel: [1, 7] }, { filters: 192, kernel: [7, 1] }]),
    net.branch(`${name}.branch7x7dbl`, x, [
      { filters },
      { filters, kernel: [7, 1] },
      { filters, kernel: [1, 7] },
      { filters, kernel: [7, 1] },
      { filters: 192, kernel: [1, 7] },
    ]),
    pooledBranch(net, `${name}.branch_pool`, x, { filters: 192 }),
  ]);
}

/** 17×17 → 8×8. */
function reductionB(net: NetworkBuilder, name: string, x: string): string {
  return net.concat(name, [
    net.branch(`${name}.branch3x3`, x, [
      { filters: 192 },
      { filters: 320, kernel: [3, 3], stride: 2, padding: 'valid' },
    ]),
    net.branch(`${name}.branch7x7x3`, x, [
      { filters: 192 },
      { filters: 192, kernel: [1, 7] },
      { filters: 192, kernel: [7, 1] },
      { filters: 192, kernel: [3, 3], stride: 2, padding: 'valid' },
    ]),
    halvingPool(net, `${name}.pool`, x),
  ]);
}

/** 8×8: 3×3 windows split into 1×3 beside 3×1. */
function blockC(net: NetworkBuilder, name: string, x: string): string {
  const single = net.branch(`${name}.branch1x1`, x, [{ filters: 320 }]);
  const narrow = net.convolution(`${name}.branch3x3_1`, x, { filters: 384 });
  const narrowSplit = split(net, `${name}.branch3x3_2`, narrow);
  const wide = net.branch(`${name}.branch3x3dbl`, x, [{ filters: 448 }, { filters: 384, kernel: [3, 3] }]);
  const wideSplit = split(net, `${name}.branch3x3dbl_3`, wide);
  const pooled = pooledBranch(net, `${name}.branch_pool`, x, { filters: 192 });
  return net.concat(name, [single, narrowSplit, wideSplit, pooled]);
}

function split(net: NetworkBuilder, name: string, x: string): string {
  return net.concat(name, [
    net.convolution(`${name}a`, x, { filters: 384, kernel: [1, 3] }),
    net.convolution(`${name}b`, x, { filters: 384, kernel: [3, 1] }),
  ]);
}

function pooledBranch(net: NetworkBuilder, name: string, x: string, options: { filters: number }): string {
  const pooled = net.pool(`${name}_average`, x, { kind: 'average-pool', size: 3, stride: 1, padding: 'same' });
  return net.convolution(name, pooled, { filters: options.filters });
}

function halvingPool(net: NetworkBuilder, name: string, x: string): string {
  return net.pool(name, x, { kind: 'max-pool', size: 3, stride: 2, padding: 'valid' });
}
