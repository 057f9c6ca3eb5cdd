import { NetworkBuilder } from './network-builder.js';
import type { Network } from './network.js';

/**
 * SqueezeNet 1.1 (Iandola et al. 2016, in the authors' later, cheaper version): 26 convolutions with bias, eight of its blocks
 * `fire1` … `fire8`, then `logits`, the mean of 1000 maps. Reads 224×224 pixels scaled by ImageNet's means and deviations.
 *
 * Gotcha: the ReLU before the last mean leaves no logit below 0.
 * @example describeSqueezeNet().output // => 'logits'
 */
export function describeSqueezeNet(): Network {
  const net = new NetworkBuilder({});
  const image = net.input({
    name: 'image',
    height: 224,
    width: 224,
    channels: 3,
    // ImageNet's mean and deviation of each channel, given for pixels in [0, 1].
    scaling: {
      subtract: [0.485 * 255, 0.456 * 255, 0.406 * 255],
      divide: [0.229 * 255, 0.224 * 255, 0.225 * 255],
    },
  });
  let x = net.convolution('stem.conv', image, { filters: 64, kernel: [3, 3], stride: 2, padding: 'valid' });
  FIRES.forEach(({ squeeze, expand, pooled }, i) => {
    if (pooled) x = net.pool(`fire${i + 1}.pool`, x, { kind: 'max-pool', size: 3, stride: 2, padding: 'valid' });
    x = fire(net, `fire${i + 1}`, x, { squeeze, expand });
  });
  const maps = net.convolution('classes', x, { filters: 1000 });
  return net.build({ id: 'squeezenet-1.1', output: net.globalAveragePool('logits', maps) });
}

/** The blocks; `pooled`: a pool that halves comes before. */
const FIRES: readonly { squeeze: number; expand: number; pooled?: boolean }[] = [
  { squeeze: 16, expand: 64, pooled: true },
  { squeeze: 16, expand: 64 },
  { squeeze: 32, expand: 128, pooled: true },
  { squeeze: 32, expand: 128 },
  { squeeze: 48, expand: 192, pooled: true },
  { squeeze: 48, expand: 192 },
  { squeeze: 64, expand: 256 },
  { squeeze: 64, expand: 256 },
];

function fire(net: NetworkBuilder, name: string, x: string, options: { squeeze: number; expand: number }): string {
  const squeezed = net.convolution(`${name}.squeeze`, x, { filters: options.squeeze });
  return net.concat(name, [
    net.convolution(`${name}.expand1x1`, squeezed, { filters: options.expand }),
    net.convolution(`${name}.expand3x3`, squeezed, { filters: options.expand, kernel: [3, 3] }),
  ]);
}
