import type * as tfjs from '@tensorflow/tfjs';
import { CHANNEL_AXIS, encodeGraph, integer, integers, operator, tensor, valueInfo } from './graph-parts.js';
import type { OnnxNode, OnnxTensor, OnnxValueInfo } from './onnx-messages.js';

/**
 * An image-to-image LayersModel as an ONNX file. Input and output: count×channels×height×width float32 (NCHW), under the names
 * `input` and `output`.
 *
 * Understood are convolutions and transposed convolutions with padding `same`, without dilation, linear or followed by ReLU
 * or the sigmoid, and concatenations: what a U-Net is made of. Sides left open stay open; they must be multiples of the
 * strides' product, since padding is written down for those.
 * @throws RangeError when the model holds anything else
 */
export async function layersModelToOnnx(
  model: tfjs.LayersModel,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const [input, output] = [oneOf(model.inputs, 'inputs'), oneOf(model.outputs, 'outputs')];
  const parts = await Promise.all(model.layers.map(translate));
  const rename = (name: string): string => (name === input.name ? 'input' : name === output.name ? 'output' : name);
  return encodeGraph(
    {
      name: model.name,
      node: parts
        .flatMap(({ nodes }) => nodes)
        .map((node) => ({ ...node, input: node.input.map(rename), output: node.output.map(rename) })),
      initializer: parts.flatMap(({ initializers }) => initializers ?? []),
      input: [imageInfo('input', input)],
      output: [imageInfo('output', output)],
    },
    metadata,
  );
}

/** What one layer becomes. */
interface GraphPart {
  readonly nodes: readonly OnnxNode[];
  readonly initializers?: readonly OnnxTensor[];
}

/** What is read of a convolution's configuration. */
interface ConvolutionConfig {
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
  readonly padding: string;
  readonly activation: string;
  readonly dataFormat: string;
}

async function translate(layer: tfjs.layers.Layer): Promise<GraphPart> {
  const kind = layer.getClassName();
  const inputs = [layer.input].flat().map(({ name }) => name);
  const output = oneOf([layer.output].flat(), `outputs of ${layer.name}`).name;
  switch (kind) {
    case 'InputLayer':
      return { nodes: [] };
    case 'Concatenate':
      return { nodes: [operator('Concat', output, inputs, [integer('axis', CHANNEL_AXIS)])] };
    case 'Conv2D':
    case 'Conv2DTranspose':
      return translateConvolution(layer, { isTransposed: kind === 'Conv2DTranspose', inputs, output });
    default:
      throw new RangeError(
        `layersModelToOnnx: ${layer.name} is a ${kind}, expected convolutions, transposed ones and concatenations only`,
      );
  }
}

async function translateConvolution(
  layer: tfjs.layers.Layer,
  { isTransposed, inputs, output }: { isTransposed: boolean; inputs: readonly string[]; output: string },
): Promise<GraphPart> {
  const config = layer.getConfig() as unknown as ConvolutionConfig;
  const { kernelSize, strides } = config;
  requirePlain(layer.name, config);
  const [kernel, bias] = layer.getWeights();
  const pads = kernelSize.map((size, axis) => Math.max(size - strides[axis]!, 0));
  const before = pads.map((pad) => pad >> 1);
  const attributes = [
    integers('kernel_shape', kernelSize),
    integers('strides', strides),
    integers('pads', [...before, ...pads.map((pad, axis) => pad - before[axis]!)]),
  ];
  const names = ['kernel', 'bias'].map((part) => `${layer.name}/${part}`) as [string, string];
  const sum = config.activation === 'linear' ? output : `${layer.name}/sum`;
  const nodes = [
    operator(isTransposed ? 'ConvTranspose' : 'Conv', sum, [...inputs, ...names.slice(0, bias ? 2 : 1)], attributes),
    ...(sum === output ? [] : [operator(config.activation === 'relu' ? 'Relu' : 'Sigmoid', output, [sum], [])]),
  ];
  // Height×width×a×b to b×a×height×width: filters first, or channels first where a transposed convolution has them last.
  const [height, width, a, b] = kernel!.shape as [number, number, number, number];
  const values = channelsFirst((await kernel!.data()) as Float32Array, [height * width, a, b]);
  return {
    nodes,
    initializers: [
      tensor(names[0], [b, a, height, width], values),
      ...(bias ? [tensor(names[1], bias.shape, (await bias.data()) as Float32Array)] : []),
    ],
  };
}

function requirePlain(name: string, { padding, dilationRate, activation, dataFormat }: ConvolutionConfig): void {
  const isPlain =
    padding === 'same' && dataFormat !== 'channelsFirst' && (dilationRate ?? []).every((rate: number) => rate === 1);
  if (!isPlain || !['linear', 'relu', 'sigmoid'].includes(activation)) {
    throw new RangeError(
      `layersModelToOnnx: ${name} has padding ${padding}, dilation ${String(dilationRate)} and activation ${activation}, expected same, 1 and linear, relu or sigmoid`,
    );
  }
}

function channelsFirst(
  values: Float32Array,
  [pixels, a, b]: readonly [pixels: number, a: number, b: number],
): Float32Array {
  const result = new Float32Array(values.length);
  let target = 0;
  for (let i = 0; i < b; i++) {
    for (let j = 0; j < a; j++) {
      for (let pixel = 0; pixel < pixels; pixel++) result[target++] = values[(pixel * a + j) * b + i]!;
    }
  }
  return result;
}

function imageInfo(name: string, { shape }: tfjs.SymbolicTensor): OnnxValueInfo {
  if (shape.length !== 4) {
    throw new RangeError(`layersModelToOnnx: the ${name} has the shape ${String(shape)}, expected images (NHWC)`);
  }
  const [, height, width, channels] = shape;
  return valueInfo(name, ['count', channels ?? 'channels', height ?? 'height', width ?? 'width']);
}

function oneOf<T>(items: readonly T[], what: string): T {
  if (items.length !== 1) throw new RangeError(`layersModelToOnnx: ${items.length} ${what}, expected one`);
  return items[0]!;
}
