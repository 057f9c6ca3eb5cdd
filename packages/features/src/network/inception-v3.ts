import type { Network, PixelScaling, PoolNode } from './network.js';
import { NetworkBuilder } from './network-builder.js';

/** `keras`: the ImageNet network of Keras applications. `fid`: the network of 2015-12-05, whose features FID is defined on. */
export type InceptionV3Variant = 'keras' | 'fid';

/**
 * InceptionV3 (Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision"): 94 convolutions in eleven
 * blocks, `mixed0` … `mixed10`, then `pool` with 2048 values. Both variants normalise with ε = 1e-3.
 *
 * `keras` has no gamma, reads pixels scaled to [−1, 1] and ends in `pool`. `fid` (inception-2015-12-05) has gamma, reads
 * (pixel − 128) / 128, has a maximum instead of an average before the pooled branch of its last block, and goes on to the 1008
 * `logits`; `logits-without-bias` are those that the Inception Score is computed from. Its layers are also known by their
 * widths, `64`, `192`, `768` and `2048`.
 * @param options.classes units of a dense layer `logits` after `pool`; the `fid` variant always has 1008
 * @throws RangeError for another variant
 * @example describeInceptionV3({ variant: 'keras' }).output // => 'pool'
 */
export function describeInceptionV3(options: { variant: InceptionV3Variant; classes?: number }): Network {
  const { variant, classes } = options;
  if (!Object.hasOwn(VARIANTS, variant)) {
    throw new RangeError(`unknown InceptionV3 variant '${String(variant)}': expected 'keras' or 'fid'`);
  }
  const { id, gamma, scaling, lastPool, logits = classes, layerAliases } = VARIANTS[variant];
  const net = new NetworkBuilder({ batchNorm: { epsilon: 1e-3, scale: gamma } });
  let x = stem(net, scaling);
  x = blockA(net, 'mixed0', x, { poolFilters: 32 });
  x = blockA(net, 'mixed1', x, { poolFilters: 64 });
  x = blockA(net, 'mixed2', x, { poolFilters: 64 });
  x = reductionA(net, 'mixed3', x);
  x = blockB(net, 'mixed4', x, { filters: 128 });
  x = blockB(net, 'mixed5', x, { filters: 160 });
  x = blockB(net, 'mixed6', x, { filters: 160 });
  x = blockB(net, 'mixed7', x, { filters: 192 });
  x = reductionB(net, 'mixed8', x);
  x = blockC(net, 'mixed9', x, { pool: 'average-pool' });
  x = blockC(net, 'mixed10', x, { pool: lastPool });
  const pool = net.globalAveragePool('pool', x);
  if (logits === undefined) return net.build({ id, output: pool });
  net.dense('logits-without-bias', pool, { units: logits, bias: false, weights: 'logits' });
  const output = net.dense('logits', pool, { units: logits, bias: true });
  return net.build({ id, output, ...(layerAliases && { layerAliases }) });
}

/** In what the variants differ. */
interface VariantSettings {
  readonly id: string;
  readonly gamma: boolean;
  readonly scaling: PixelScaling;
  readonly lastPool: PoolNode['kind'];
  readonly logits?: number;
  readonly layerAliases?: Readonly<Record<string, string>>;
}

const VARIANTS: Readonly<Record<InceptionV3Variant, VariantSettings>> = {
  keras: { id: 'inception-v3', gamma: false, scaling: { subtract: 127.5, divide: 127.5 }, lastPool: 'average-pool' },
  fid: {
    id: 'inception-2015-12-05',
    gamma: true,
    scaling: { subtract: 128, divide: 128 },
    lastPool: 'max-pool',
    logits: 1008,
    layerAliases: { 64: 'stem.pool_1', 192: 'stem.pool_2', 768: 'mixed7', 2048: 'pool' },
  },
};

/** 299×299×3 → 35×35×192. */
function stem(net: NetworkBuilder, scaling: PixelScaling): string {
  const image = net.input({ name: 'image', height: 299, width: 299, channels: 3, scaling });
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
function blockC(net: NetworkBuilder, name: string, x: string, options: { pool: PoolNode['kind'] }): string {
  const single = net.branch(`${name}.branch1x1`, x, [{ filters: 320 }]);
  const narrow = net.convolution(`${name}.branch3x3_1`, x, { filters: 384 });
  const narrowSplit = split(net, `${name}.branch3x3_2`, narrow);
  const wide = net.branch(`${name}.branch3x3dbl`, x, [{ filters: 448 }, { filters: 384, kernel: [3, 3] }]);
  const wideSplit = split(net, `${name}.branch3x3dbl_3`, wide);
  const pooled = pooledBranch(net, `${name}.branch_pool`, x, { filters: 192, pool: options.pool });
  return net.concat(name, [single, narrowSplit, wideSplit, pooled]);
}

function split(net: NetworkBuilder, name: string, x: string): string {
  return net.concat(name, [
    net.convolution(`${name}a`, x, { filters: 384, kernel: [1, 3] }),
    net.convolution(`${name}b`, x, { filters: 384, kernel: [3, 1] }),
  ]);
}

function pooledBranch(
  net: NetworkBuilder,
  name: string,
  x: string,
  options: { filters: number; pool?: PoolNode['kind'] },
): string {
  const { filters, pool = 'average-pool' } = options;
  const pooled = net.pool(`${name}_pooled`, x, { kind: pool, size: 3, stride: 1, padding: 'same' });
  return net.convolution(name, pooled, { filters });
}

function halvingPool(net: NetworkBuilder, name: string, x: string): string {
  return net.pool(name, x, { kind: 'max-pool', size: 3, stride: 2, padding: 'valid' });
}
