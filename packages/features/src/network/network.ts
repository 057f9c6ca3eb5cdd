/** `same`: output ⌈input / stride⌉, the odd row or column of padding at the end. `valid`: no padding. */
export type Padding = 'same' | 'valid';

/** How pixels in [0, 255] become what the network was trained on: (pixel − subtract) / divide, the same or by channel. */
export interface PixelScaling {
  readonly subtract: number | readonly [red: number, green: number, blue: number];
  readonly divide: number | readonly [red: number, green: number, blue: number];
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

/** How a convolution's sums are normalised before the ReLU. */
export interface BatchNorm {
  readonly epsilon: number;
  /** Whether the normalisation has a trained factor (gamma). */
  readonly scale: boolean;
}

/** Convolution without bias, batch normalisation, ReLU; or convolution with bias, ReLU. */
export interface ConvolutionNode {
  readonly kind: 'convolution';
  readonly name: string;
  readonly input: string;
  readonly filters: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
  /** Absent: the convolution has a bias. */
  readonly batchNorm?: BatchNorm;
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

/** A weighted sum of a vector for each unit, without ReLU: a classifier's logits. */
export interface DenseNode {
  readonly kind: 'dense';
  readonly name: string;
  readonly input: string;
  readonly units: number;
  /** Name under which the weights are kept, so that two nodes can share them. */
  readonly weights: string;
  readonly bias: boolean;
}

export type NetworkNode = InputNode | ConvolutionNode | PoolNode | ConcatNode | GlobalAveragePoolNode | DenseNode;

/** A feed-forward network: every node comes after the nodes that it reads. */
export interface Network {
  readonly id: string;
  readonly nodes: readonly NetworkNode[];
  /** Name of the node whose value the network returns. */
  readonly output: string;
  /** Names by which the literature knows layers, each with its node: `768` for the FID network's `mixed7`. */
  readonly layerAliases?: Readonly<Record<string, string>>;
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

/** The dense nodes of a network. */
export function denseNodesOf(network: Network): DenseNode[] {
  return network.nodes.filter((node) => node.kind === 'dense');
}
