import { inferShapes, paddingOf, type ValueShape } from '../network/infer-shapes.js';
import {
  inputOf,
  type ConvolutionNode,
  type DenseNode,
  type Network,
  type NetworkNode,
  type Padding,
  type PoolNode,
} from '../network/network.js';
import { foldBatchNorm } from '../weights/fold-batch-norm.js';
import type { NetworkWeights } from '../weights/network-weights.js';
import { checkWeights } from '../weights/weight-shapes.js';
import { CHANNEL_AXIS, encodeGraph, integer, integers, operator, tensor, valueInfo } from './graph-parts.js';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from './onnx-messages.js';

/**
 * A network as an ONNX file. Input: `count`×channels×height×width float32, scaled as the network's input node says
 * (NCHW). Output: `count`×dimension float32. Both carry the names of their nodes. Batch normalisation is folded into the
 * convolutions in float64, then rounded.
 * @param network ends in a vector, see {@link networkUpTo}
 * @param options.maps allow an output with spatial extent; it is flattened, channel by channel
 * @throws RangeError when the weights are of another network or the output has spatial extent
 */
export function toOnnx(network: Network, weights: NetworkWeights, options: { maps?: boolean } = {}): Uint8Array {
  checkWeights(network, weights);
  const shapes = inferShapes(network);
  const output = shapes.get(network.output)!;
  if (!options.maps && (output.height !== 1 || output.width !== 1)) {
    throw new RangeError(
      `layer '${network.output}' is ${output.height}×${output.width}×${output.channels}, expected a vector: take networkUpTo(network, '${network.output}')`,
    );
  }
  const input = inputOf(network);
  const parts = network.nodes.map((node) => translate(node, { shapes, weights }));
  return encodeGraph(
    {
      name: network.id,
      node: [...parts.flatMap(({ nodes }) => nodes), flatten(network)],
      initializer: parts.flatMap(({ initializers }) => initializers ?? []),
      input: [valueInfo(input.name, ['count', input.channels, input.height, input.width])],
      output: [valueInfo(outputName(network), ['count', output.channels * output.height * output.width])],
    },
    {
      network: network.id,
      weights: weights.id,
      weightsSha256: weights.sha256,
      provenance: weights.provenance,
      scaling: JSON.stringify(input.scaling),
    },
  );
}

/** Name of the output of the ONNX graph. */
export function outputName(network: Network): string {
  return `${network.output}/features`;
}

interface Context {
  readonly shapes: ReadonlyMap<string, ValueShape>;
  readonly weights: NetworkWeights;
}

/** What one node of the description becomes. */
interface GraphPart {
  readonly nodes: readonly OnnxNode[];
  readonly initializers?: readonly OnnxTensor[];
}

function translate(node: NetworkNode, context: Context): GraphPart {
  switch (node.kind) {
    case 'input':
      return { nodes: [] };
    case 'convolution':
      return translateConvolution(node, context);
    case 'max-pool':
      return { nodes: [operator('MaxPool', node.name, [node.input], poolAttributes(node, context))] };
    case 'average-pool': {
      const attributes = [...poolAttributes(node, context), integer('count_include_pad', 0)];
      return { nodes: [operator('AveragePool', node.name, [node.input], attributes)] };
    }
    case 'concat':
      return { nodes: [operator('Concat', node.name, node.inputs, [integer('axis', CHANNEL_AXIS)])] };
    case 'global-average-pool':
      return { nodes: [operator('GlobalAveragePool', node.name, [node.input], [])] };
    case 'dense':
      return translateDense(node, context);
  }
}

function translateDense(node: DenseNode, { weights }: Context): GraphPart {
  const [vectorName, kernelName, biasName] = [`${node.name}/vector`, `${node.name}/kernel`, `${node.name}/bias`];
  const kernel = weights.tensors.get(`${node.weights}/kernel`)!;
  const bias = node.bias ? [weights.tensors.get(`${node.weights}/bias`)!] : [];
  const inputs = [vectorName, kernelName, ...bias.map(() => biasName)];
  return {
    nodes: [
      operator('Flatten', vectorName, [node.input], [integer('axis', CHANNEL_AXIS)]),
      operator('Gemm', node.name, inputs, []),
    ],
    initializers: [
      tensor(kernelName, kernel.shape, kernel.data),
      ...bias.map(({ shape, data }) => tensor(biasName, shape, data)),
    ],
  };
}

function translateConvolution(node: ConvolutionNode, context: Context): GraphPart {
  const [kernelName, biasName, sumName] = [`${node.name}/kernel`, `${node.name}/bias`, `${node.name}/sum`];
  const { factor, offset } = foldBatchNorm(node, context.weights);
  const kernel = context.weights.tensors.get(kernelName)!;
  const [height, width, channels] = kernel.shape as [number, number, number, number];
  const attributes = [
    integers('kernel_shape', node.kernel),
    ...windowAttributes({ ...node, window: node.kernel }, context),
  ];
  return {
    nodes: [
      operator('Conv', sumName, [node.input, kernelName, biasName], attributes),
      operator('Relu', node.name, [sumName], []),
    ],
    initializers: [
      tensor(kernelName, [node.filters, channels, height, width], filtersFirst(kernel.data, { channels, factor })),
      tensor(biasName, [node.filters], Float32Array.from(offset)),
    ],
  };
}

function flatten(network: Network): OnnxNode {
  return operator('Flatten', outputName(network), [network.output], [integer('axis', CHANNEL_AXIS)]);
}

function poolAttributes(node: PoolNode, context: Context): OnnxAttribute[] {
  const window = [node.size, node.size] as const;
  return [integers('kernel_shape', window), ...windowAttributes({ ...node, window }, context)];
}

function windowAttributes(
  node: { input: string; window: readonly [number, number]; stride: number; padding: Padding },
  context: Context,
): OnnxAttribute[] {
  const { stride, padding, window } = node;
  const { height, width } = context.shapes.get(node.input)!;
  const [top, bottom] = paddingOf(height, { size: window[0], stride, padding });
  const [left, right] = paddingOf(width, { size: window[1], stride, padding });
  return [integers('strides', [stride, stride]), integers('pads', [top, left, bottom, right])];
}

/** From height×width×channels×filters to filters×channels×height×width, each filter times its factor. */
function filtersFirst(kernel: Float32Array, options: { channels: number; factor: Float64Array }): Float32Array {
  const { channels, factor } = options;
  const filters = factor.length;
  const pixels = kernel.length / (channels * filters);
  const result = new Float32Array(kernel.length);
  for (let filter = 0; filter < filters; filter++) {
    let target = filter * channels * pixels;
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        result[target++] = kernel[(pixel * channels + channel) * filters + filter]! * factor[filter]!;
      }
    }
  }
  return result;
}
