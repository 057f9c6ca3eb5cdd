import { describeNetwork } from '../network/describe-network.js';
import type { Network } from '../network/network.js';
import type { WeightTensor } from '../weights/network-weights.js';
import { weightShapes } from '../weights/weight-shapes.js';
import { kerasInceptionNames } from './keras-inception-names.js';
import { gluonSqueezeNetNames, torchSqueezeNetNames } from './squeeze-net-names.js';
import { inOurLayout, type ForeignTensor } from './tensor-layouts.js';
import { torchInceptionNames } from './torch-inception-names.js';
import { unfoldGraphModel } from './unfold-graph-model.js';

/** A network with tensors under our names. */
export interface RecognisedWeights {
  readonly network: Network;
  readonly tensors: ReadonlyMap<string, WeightTensor>;
}

/** Kinds of file, each told by a tensor that only it has. */
const KINDS: readonly {
  readonly sign: RegExp;
  readonly network: string;
  readonly names: (network: Network, given: Iterable<string>) => Map<string, ForeignTensor>;
}[] = [
  { sign: /^Mixed_5b\.branch1x1\.conv\.weight$/, network: 'inception-2015-12-05', names: torchInceptionNames },
  { sign: /^squeezenet0_conv25_weight$/, network: 'squeezenet-1.1', names: gluonSqueezeNetNames },
  { sign: /^features\.12\.squeeze\.weight$/, network: 'squeezenet-1.1', names: torchSqueezeNetNames },
  { sign: /^conv2d(_\d+)?\/kernel$/, network: 'inception-v3', names: kerasInceptionNames },
];

/**
 * Tells the network that tensors are of by their names, and gives them ours.
 * @param file for messages
 * @throws RangeError when no network is known by these names, or a tensor is missing or of another shape: it is named as in
 * the file, with the shape expected
 */
export function recogniseNetwork(tensorsOfFile: ReadonlyMap<string, WeightTensor>, file: string): RecognisedWeights {
  const given = unfoldGraphModel(tensorsOfFile);
  const kind = KINDS.find(({ sign }) => [...given.keys()].some((name) => sign.test(name)));
  if (kind === undefined) {
    const some = [...given.keys()].slice(0, 3).join(', ') || 'none';
    throw new RangeError(
      `${file} holds ${given.size} tensors (${some}…) of no network known here: expected InceptionV3 of Keras or pytorch-fid, or SqueezeNet 1.1; any other network can be used as .onnx`,
    );
  }
  const network = describeNetwork(kind.network);
  const foreign = kind.names(network, given.keys());
  const tensors = new Map<string, WeightTensor>();
  for (const [name, shape] of weightShapes(network)) {
    const { name: source, layout } = foreign.get(name)!;
    const found = given.get(source);
    const tensor = found && inOurLayout(found, layout);
    if (tensor?.shape.join() !== shape.join()) {
      const got = tensor ? `has ${source} as ${tensor.shape.join('×')}` : `lacks ${source}`;
      throw new RangeError(
        `${file} ${got}, expected ${shape.join('×')} (outputs last) for ${name} of ${network.id}: it is of another network`,
      );
    }
    tensors.set(name, tensor);
  }
  refuseScale(given, network, file);
  return { network, tensors };
}

/** A network of Keras whose normalisations scale is another one than Keras Applications': it would lose its factors here. */
function refuseScale(given: ReadonlyMap<string, WeightTensor>, network: Network, file: string): void {
  const gamma = [...given.keys()].find((name) => /^batch_normalization(_\d+)?\/gamma$/.test(name));
  if (gamma !== undefined) {
    throw new RangeError(`${file} has ${gamma}, which ${network.id} lacks: it is of another network`);
  }
}
