import type * as tfjs from '@tensorflow/tfjs';
import { inferShapes } from '../network/infer-shapes.js';
import { inputOf, type ConvolutionNode, type DenseNode, type Network, type NetworkNode } from '../network/network.js';
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
 * layer is called like its node. All is trainable but the running statistics, and gamma where the network has none (setting
 * `trainable` of such a `norm` layer makes it trainable, too).
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
  const convolve = options.foldBatchNorm ? foldedConvolution : trainableConvolution;
  const values = new Map<string, Symbolic>();
  for (const node of network.nodes) {
    const value =
      node.kind === 'convolution'
        ? convolve(tf, node, { input: values.get(node.input)!, weights })
        : node.kind === 'dense'
          ? dense(tf, node, { input: values.get(node.input)!, weights })
          : valueOf(tf, node, values);
    values.set(node.name, value);
  }
  return tf.model({
    name: network.id,
    inputs: values.get(inputOf(network).name)!,
    outputs: values.get(network.output)!,
  });
}

function valueOf(
  tf: Tfjs,
  node: Exclude<NetworkNode, ConvolutionNode | DenseNode>,
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
        .concatenate({ name: node.name, axis: -1 })
        .apply(node.inputs.map((input) => values.get(input)!)) as Symbolic;
    case 'global-average-pool':
      return apply(
        tf.layers.globalAveragePooling2d({ name: node.name, dataFormat: 'channelsLast' }),
        values.get(node.input)!,
      );
  }
}

const CHANNEL_AXIS = 3;

interface LayerContext {
  readonly input: Symbolic;
  readonly weights: NetworkWeights;
}

function trainableConvolution(tf: Tfjs, node: ConvolutionNode, context: LayerContext): Symbolic {
  const { name, batchNorm } = node;
  if (batchNorm === undefined) return foldedConvolution(tf, node, context);
  const { input, weights } = context;
  const convolution = tf.layers.conv2d({ ...geometry(node), name: `${name}/conv`, useBias: false });
  const { epsilon, scale } = batchNorm;
  const normalisation = tf.layers.batchNormalization({ name: `${name}/norm`, axis: CHANNEL_AXIS, epsilon });
  const normalised = apply(normalisation, apply(convolution, input));
  const read = (part: string): WeightTensor => weights.tensors.get(`${name}/${part}`)!;
  const gamma = scale ? read('gamma') : { shape: [node.filters], data: new Float32Array(node.filters).fill(1) };
  setWeights(tf, convolution, [read('kernel')]);
  setWeights(tf, normalisation, [gamma, ...['beta', 'moving_mean', 'moving_variance'].map(read)]);
  // tfjs-layers 4.22 cannot train a normalisation without gamma: it gets one of ones, which stays as it is.
  if (!scale) normalisation.weights[0]!.trainable = false;
  return apply(tf.layers.reLU({ name }), normalised);
}

function foldedConvolution(tf: Tfjs, node: ConvolutionNode, { input, weights }: LayerContext): Symbolic {
  const convolution = tf.layers.conv2d({ ...geometry(node), name: node.name, useBias: true, activation: 'relu' });
  const output = apply(convolution, input);
  const { factor, offset } = foldBatchNorm(node, weights);
  const { shape, data } = weights.tensors.get(`${node.name}/kernel`)!;
  setWeights(tf, convolution, [
    { shape, data: data.map((value, i) => value * factor[i % factor.length]!) },
    { shape: [node.filters], data: Float32Array.from(offset) },
  ]);
  return output;
}

function dense(tf: Tfjs, node: DenseNode, { input, weights }: LayerContext): Symbolic {
  const { name, units, bias } = node;
  const layer = tf.layers.dense({ name, units, useBias: bias, kernelInitializer: 'zeros' });
  const output = apply(layer, input);
  const parts = bias ? ['kernel', 'bias'] : ['kernel'];
  setWeights(
    tf,
    layer,
    parts.map((part) => weights.tensors.get(`${node.weights}/${part}`)!),
  );
  return output;
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

/** A layer has weights to set once it was applied to its input. */
function setWeights(tf: Tfjs, layer: Layer, tensors: readonly WeightTensor[]): void {
  const values = tensors.map(({ shape, data }) => tf.tensor(data, [...shape]));
  layer.setWeights(values);
  for (const value of values) value.dispose();
}

function apply(layer: Layer, input: Symbolic): Symbolic {
  return layer.apply(input) as Symbolic;
}
