import type * as tfjs from '@tensorflow/tfjs';
import { inferShapes } from '../network/infer-shapes.js';
import type { ConvolutionNode, Network, NetworkNode } from '../network/network.js';
import { foldBatchNorm } from '../weights/fold-batch-norm.js';
import type { NetworkWeights, WeightTensor } from '../weights/network-weights.js';
import { checkWeights } from '../weights/weight-shapes.js';

/** The TensorFlow.js of the caller: there must be one only in a process. */
export type Tfjs = typeof tfjs;

type Layer = tfjs.layers.Layer;
type Symbolic = tfjs.SymbolicTensor;

/**
 * A network as a LayersModel on the caller's TensorFlow.js. Input: count×height×width×channels float32, scaled as the
 * network's input node says (NHWC). A convolution becomes the layers `<node>/conv`, `<node>/norm` and `<node>`; every other
 * layer is called like its node.
 *
 * Dispose the model when done with it.
 * @param options.foldBatchNorm put the batch normalisation into the convolutions: faster, no longer trainable as it was
 * @throws RangeError when the weights are of another network
 */
export function toLayersModel(
  tf: Tfjs,
  network: Network,
  weights: NetworkWeights,
  options: { foldBatchNorm?: boolean } = {},
): tfjs.LayersModel {
  checkWeights(network, weights);
  inferShapes(network);
  const translate = options.foldBatchNorm ? foldedConvolution : trainableConvolution;
  const values = new Map<string, Symbolic>();
  const fills: (() => void)[] = [];
  for (const node of network.nodes) {
    if (node.kind === 'convolution') {
      const { output, fill } = translate(tf, node, values.get(node.input)!);
      values.set(node.name, output);
      fills.push(() => fill(weights));
    } else {
      values.set(node.name, valueOf(tf, node, values));
    }
  }
  const inputs = network.nodes.filter(({ kind }) => kind === 'input').map(({ name }) => values.get(name)!);
  const model = tf.model({ name: network.id, inputs, outputs: values.get(network.output)! });
  for (const fill of fills) fill();
  return model;
}

function valueOf(
  tf: Tfjs,
  node: Exclude<NetworkNode, ConvolutionNode>,
  values: ReadonlyMap<string, Symbolic>,
): Symbolic {
  switch (node.kind) {
    case 'input':
      return tf.input({ name: node.name, shape: [node.height, node.width, node.channels] });
    case 'max-pool':
    case 'average-pool': {
      const make = node.kind === 'max-pool' ? tf.layers.maxPooling2d : tf.layers.averagePooling2d;
      const { name, size, stride, padding } = node;
      return apply(make({ name, poolSize: size, strides: stride, padding }), values.get(node.input)!);
    }
    case 'concat':
      return tf.layers
        .concatenate({ name: node.name, axis: CHANNEL_AXIS })
        .apply(node.inputs.map((input) => values.get(input)!)) as Symbolic;
    case 'global-average-pool':
      return apply(
        tf.layers.globalAveragePooling2d({ name: node.name, dataFormat: 'channelsLast' }),
        values.get(node.input)!,
      );
  }
}

const CHANNEL_AXIS = 3;

interface ConvolutionPart {
  readonly output: Symbolic;
  /** Sets the weights of the layers; works once the layers are built. */
  readonly fill: (weights: NetworkWeights) => void;
}

function trainableConvolution(tf: Tfjs, node: ConvolutionNode, input: Symbolic): ConvolutionPart {
  const { name, batchNorm } = node;
  const convolution = tf.layers.conv2d({ ...geometry(node), name: `${name}/conv`, useBias: false });
  const normalisation = tf.layers.batchNormalization({
    name: `${name}/norm`,
    axis: CHANNEL_AXIS,
    epsilon: batchNorm.epsilon,
    scale: batchNorm.scale,
  });
  const output = apply(tf.layers.reLU({ name }), apply(normalisation, apply(convolution, input)));
  const normalisationParts = [...(batchNorm.scale ? ['gamma'] : []), 'beta', 'moving_mean', 'moving_variance'];
  return {
    output,
    fill: (weights) => {
      setWeights(tf, convolution, [weights.tensors.get(`${name}/kernel`)!]);
      setWeights(
        tf,
        normalisation,
        normalisationParts.map((part) => weights.tensors.get(`${name}/${part}`)!),
      );
    },
  };
}

function foldedConvolution(tf: Tfjs, node: ConvolutionNode, input: Symbolic): ConvolutionPart {
  const convolution = tf.layers.conv2d({ ...geometry(node), name: node.name, useBias: true, activation: 'relu' });
  return {
    output: apply(convolution, input),
    fill: (weights) => {
      const { factor, offset } = foldBatchNorm(node, weights);
      const { shape, data } = weights.tensors.get(`${node.name}/kernel`)!;
      const kernel = data.map((value, i) => value * factor[i % factor.length]!);
      setWeights(tf, convolution, [
        { shape, data: kernel },
        { shape: [node.filters], data: Float32Array.from(offset) },
      ]);
    },
  };
}

function geometry(node: ConvolutionNode) {
  return {
    filters: node.filters,
    kernelSize: [...node.kernel],
    strides: node.stride,
    padding: node.padding,
    // Overwritten at once: drawing random numbers first would take seconds.
    kernelInitializer: 'zeros' as const,
  };
}

function setWeights(tf: Tfjs, layer: Layer, tensors: readonly WeightTensor[]): void {
  const values = tensors.map(({ shape, data }) => tf.tensor(data, [...shape]));
  layer.setWeights(values);
  for (const value of values) value.dispose();
}

function apply(layer: Layer, input: Symbolic): Symbolic {
  return layer.apply(input) as Symbolic;
}
