import type { BatchNorm, InputNode, Network, NetworkNode, Padding, PoolNode } from './network.js';

/** One convolution of a branch; the rest of the node is the same for the whole network. */
export interface ConvolutionSettings {
  readonly filters: number;
  /** @default [1, 1] */
  readonly kernel?: readonly [height: number, width: number];
  /** @default 1 */
  readonly stride?: number;
  /** @default 'same' */
  readonly padding?: Padding;
}

/** Writes a network down node by node. Each method appends a node and returns its name, for the next one to read. */
export class NetworkBuilder {
  readonly #nodes: NetworkNode[] = [];
  readonly #batchNorm: BatchNorm | undefined;

  /** @param options.batchNorm of every convolution; without it they have a bias */
  constructor(options: { batchNorm?: BatchNorm }) {
    this.#batchNorm = options.batchNorm;
  }

  input(settings: Omit<InputNode, 'kind'>): string {
    return this.#append({ kind: 'input', ...settings });
  }

  convolution(name: string, input: string, settings: ConvolutionSettings): string {
    const { filters, kernel = [1, 1], stride = 1, padding = 'same' } = settings;
    return this.#append({
      kind: 'convolution',
      name,
      input,
      filters,
      kernel,
      stride,
      padding,
      ...(this.#batchNorm && { batchNorm: this.#batchNorm }),
    });
  }

  /** Convolutions one after the other, named `name_1`, `name_2`, …; a single one is called `name`. */
  branch(name: string, input: string, convolutions: readonly ConvolutionSettings[]): string {
    return convolutions.reduce(
      (previous, settings, i) =>
        this.convolution(convolutions.length === 1 ? name : `${name}_${i + 1}`, previous, settings),
      input,
    );
  }

  pool(name: string, input: string, settings: Omit<PoolNode, 'name' | 'input'>): string {
    return this.#append({ name, input, ...settings });
  }

  concat(name: string, inputs: readonly string[]): string {
    return this.#append({ kind: 'concat', name, inputs });
  }

  globalAveragePool(name: string, input: string): string {
    return this.#append({ kind: 'global-average-pool', name, input });
  }

  /** @param settings.weights name under which the weights are kept; by default the node's */
  dense(name: string, input: string, settings: { units: number; bias: boolean; weights?: string }): string {
    const { units, bias, weights = name } = settings;
    return this.#append({ kind: 'dense', name, input, units, weights, bias });
  }

  build(options: Omit<Network, 'nodes'>): Network {
    return { ...options, nodes: [...this.#nodes] };
  }

  #append(node: NetworkNode): string {
    this.#nodes.push(node);
    return node.name;
  }
}
