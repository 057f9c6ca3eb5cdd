import { convolutionsOf, type Network } from '../network/network.js';
import type { ForeignTensor } from './tensor-layouts.js';

/** Where MXNet's model zoo, and the ONNX model zoo after it, has each tensor of SqueezeNet 1.1. */
export function gluonSqueezeNetNames(network: Network): Map<string, ForeignTensor> {
  return namesOf(network, (_, i) => [`squeezenet0_conv${i}_weight`, `squeezenet0_conv${i}_bias`]);
}

/** Position of each fire module in torchvision's `features`. */
const FIRE_POSITIONS = [3, 4, 6, 7, 9, 10, 11, 12];

/** Where torchvision has each tensor of SqueezeNet 1.1. */
export function torchSqueezeNetNames(network: Network): Map<string, ForeignTensor> {
  return namesOf(network, (node) => {
    const module = torchModule(node);
    return [`${module}.weight`, `${module}.bias`];
  });
}

function torchModule(node: string): string {
  if (node === 'stem.conv') return 'features.0';
  if (node === 'classes') return 'classifier.1';
  const [, fire, part] = /^fire(\d)\.(.+)$/.exec(node)!;
  return `features.${FIRE_POSITIONS[Number(fire) - 1]}.${part}`;
}

function namesOf(
  network: Network,
  names: (node: string, i: number) => [weight: string, bias: string],
): Map<string, ForeignTensor> {
  return new Map(
    convolutionsOf(network).flatMap(({ name }, i): [string, ForeignTensor][] => {
      const [weight, bias] = names(name, i);
      return [
        [`${name}/kernel`, { name: weight, layout: 'filters-first' }],
        [`${name}/bias`, { name: bias }],
      ];
    }),
  );
}
