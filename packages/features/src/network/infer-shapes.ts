import type { Network, NetworkNode, Padding } from './network.js';

/** Size of a node's value for one image. A vector is 1×1×channels. */
export interface ValueShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The shape of every node's value.
 * @throws RangeError when a node reads one that comes later or isn't there, or when sizes don't fit
 */
export function inferShapes(network: Network): Map<string, ValueShape> {
  const shapes = new Map<string, ValueShape>();
  for (const node of network.nodes) {
    if (shapes.has(node.name)) {
      throw new RangeError(`network ${network.id} has two nodes called '${node.name}': names must differ`);
    }
    shapes.set(node.name, shapeOf(node, shapes));
  }
  return shapes;
}

/** Rows of padding before and after an extent, by TensorFlow's rule: what is odd goes to the end. */
export function paddingOf(
  extent: number,
  window: { size: number; stride: number; padding: Padding },
): [before: number, after: number] {
  if (window.padding === 'valid') return [0, 0];
  const total = Math.max(0, (Math.ceil(extent / window.stride) - 1) * window.stride + window.size - extent);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function shapeOf(node: NetworkNode, shapes: ReadonlyMap<string, ValueShape>): ValueShape {
  switch (node.kind) {
    case 'input':
      return { height: node.height, width: node.width, channels: node.channels };
    case 'convolution': {
      const input = read(node.name, node.input, shapes);
      return { ...windowed(node.name, input, node.kernel, node), channels: node.filters };
    }
    case 'max-pool':
    case 'average-pool': {
      const input = read(node.name, node.input, shapes);
      return { ...windowed(node.name, input, [node.size, node.size], node), channels: input.channels };
    }
    case 'concat':
      return concatenated(
        node.name,
        node.inputs.map((input) => read(node.name, input, shapes)),
      );
    case 'global-average-pool':
      return { height: 1, width: 1, channels: read(node.name, node.input, shapes).channels };
    case 'dense': {
      const { height, width } = read(node.name, node.input, shapes);
      if (height !== 1 || width !== 1) {
        throw new RangeError(
          `node '${node.name}' reads ${height}×${width} pixels, expected a vector: pool the image first`,
        );
      }
      return { height: 1, width: 1, channels: node.units };
    }
  }
}

function read(reader: string, name: string, shapes: ReadonlyMap<string, ValueShape>): ValueShape {
  const shape = shapes.get(name);
  if (shape === undefined) {
    throw new RangeError(`node '${reader}' reads '${name}', which no earlier node is called: put that node before it`);
  }
  return shape;
}

function windowed(
  name: string,
  input: ValueShape,
  [kernelHeight, kernelWidth]: readonly [number, number],
  window: { stride: number; padding: Padding },
): { height: number; width: number } {
  const length = (extent: number, size: number): number => {
    const [before, after] = paddingOf(extent, { size, stride: window.stride, padding: window.padding });
    return Math.floor((extent + before + after - size) / window.stride) + 1;
  };
  const height = length(input.height, kernelHeight);
  const width = length(input.width, kernelWidth);
  if (height < 1 || width < 1) {
    throw new RangeError(
      `node '${name}' slides a ${kernelHeight}×${kernelWidth} window over ${input.height}×${input.width}: the window must fit`,
    );
  }
  return { height, width };
}

function concatenated(name: string, inputs: readonly ValueShape[]): ValueShape {
  const [first] = inputs;
  if (first === undefined) throw new RangeError(`node '${name}' concatenates nothing: give it inputs`);
  if (inputs.some(({ height, width }) => height !== first.height || width !== first.width)) {
    const sizes = inputs.map(({ height, width }) => `${height}×${width}`).join(', ');
    throw new RangeError(`node '${name}' concatenates ${sizes}: heights and widths must be equal`);
  }
  return { ...first, channels: inputs.reduce((sum, { channels }) => sum + channels, 0) };
}
