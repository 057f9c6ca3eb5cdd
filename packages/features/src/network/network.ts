/** `same`: output ⌈input / stride⌉, the odd row or column of padding at the end. `valid`: no padding. */
export type Padding = 'same' | 'valid';

/** How pixels in [0, 255] become what the network was trained on: (pixel − subtract) / divide. */
export interface PixelScaling {
  readonly subtract: number;
  readonly divide: number;
}

/** The image that the network reads: one a network, the first node. */
export interface InputNode {
  readonly kind: 'input';
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly scaling: PixelScaling;
}

/** Convolution without bias, batch normalisation, ReLU. */
export interface ConvolutionNode {
  readonly kind: 'convolution';
  readonly name: string;
  readonly input: string;
  readonly filters: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
  readonly batchNorm: {
    readonly epsilon: number;
    /** Whether the normalisation has a trained factor (gamma). */
    readonly scale: boolean;
  };
}

/** A square pooling window. Averages divide by the number of pixels inside the image, never by those of the padding. */
export interface PoolNode {
  readonly kind: 'max-pool' | 'average-pool';
  readonly name: string;
  readonly input: string;
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** The channels of all inputs, one after the other. */
export interface ConcatNode {
  readonly kind: 'concat';
  readonly name: string;
  readonly inputs: readonly string[];
}

/** The mean of every channel: an image becomes a vector. */
export interface GlobalAveragePoolNode {
  readonly kind: 'global-average-pool';
  readonly name: string;
  readonly input: string;
}

export type NetworkNode = InputNode | ConvolutionNode | PoolNode | ConcatNode | GlobalAveragePoolNode;

/** A feed-forward network: every node comes after the nodes that it reads. */
export interface Network {
  readonly id: string;
  readonly nodes: readonly NetworkNode[];
  /** Name of the node whose value the network returns. */
  readonly output: string;
}

/** The names of the nodes that a node reads. */
export function inputsOf(node: NetworkNode): readonly string[] {
  if (node.kind === 'input') return [];
  return node.kind === 'concat' ? node.inputs : [node.input];
}

/** The node that holds the image. */
export function inputOf(network: Network): InputNode {
  const node = network.nodes.find((candidate) => candidate.kind === 'input');
  if (node === undefined) throw new RangeError(`network ${network.id} has no input node: give it one`);
  return node;
}

/** The convolutions of a network in the order in which it was described: the order of Keras' automatic layer names. */
export function convolutionsOf(network: Network): ConvolutionNode[] {
  return network.nodes.filter((node) => node.kind === 'convolution');
}
