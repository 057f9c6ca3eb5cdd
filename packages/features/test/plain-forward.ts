import type { ConvolutionNode, DenseNode, Network, NetworkWeights, PoolNode } from '../src/index.js';

/** One value of a network for one image: rows × columns × channels, float64. */
interface Value {
  height: number;
  width: number;
  channels: number;
  at: (y: number, x: number, c: number) => number;
}

/**
 * A forward pass written from the definitions, in loops: TensorFlow's SAME padding, averages over the pixels inside the
 * image, batch normalisation as (x − mean)·γ/√(variance + ε) + β. Shares no code with what it checks.
 */
export function plainForward(network: Network, weights: NetworkWeights, image: Float32Array): number[] {
  const values = new Map<string, Value>();
  for (const node of network.nodes) {
    if (node.kind === 'input') {
      const { height, width, channels } = node;
      values.set(
        node.name,
        stored(height, width, channels, (y, x, c) => image[(y * width + x) * channels + c]!),
      );
    } else if (node.kind === 'concat') {
      values.set(node.name, sideBySide(node.inputs.map((name) => values.get(name)!)));
    } else {
      const input = values.get(node.input)!;
      if (node.kind === 'convolution') values.set(node.name, convolution(node, weights, input));
      else if (node.kind === 'dense') values.set(node.name, dense(node, weights, input));
      else if (node.kind === 'global-average-pool') values.set(node.name, average(input));
      else values.set(node.name, pool(node, input));
    }
  }
  const { channels, at } = values.get(network.output)!;
  return Array.from({ length: channels }, (_, c) => at(0, 0, c));
}

function stored(height: number, width: number, channels: number, value: Value['at']): Value {
  const data = new Float64Array(height * width * channels);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (let c = 0; c < channels; c++) data[i++] = value(y, x, c);
  }
  return { height, width, channels, at: (y, x, c) => data[(y * width + x) * channels + c]! };
}

function windows(extent: number, size: number, stride: number, padding: string): { count: number; before: number } {
  if (padding === 'valid') return { count: Math.ceil((extent - size + 1) / stride), before: 0 };
  const count = Math.ceil(extent / stride);
  return { count, before: Math.floor(Math.max(0, (count - 1) * stride + size - extent) / 2) };
}

function convolution(node: ConvolutionNode, weights: NetworkWeights, input: Value): Value {
  const read = (part: string): Float32Array => weights.tensors.get(`${node.name}/${part}`)!.data;
  const [rows, columns] = node.kernel;
  const kernel = read('kernel');
  const down = windows(input.height, rows, node.stride, node.padding);
  const across = windows(input.width, columns, node.stride, node.padding);
  return stored(down.count, across.count, node.filters, (y, x, filter) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const [fromY, fromX] = [y * node.stride - down.before + i, x * node.stride - across.before + j];
        if (fromY < 0 || fromX < 0 || fromY >= input.height || fromX >= input.width) continue;
        for (let c = 0; c < input.channels; c++) {
          sum += input.at(fromY, fromX, c) * kernel[((i * columns + j) * input.channels + c) * node.filters + filter]!;
        }
      }
    }
    if (node.batchNorm === undefined) return Math.max(0, sum + read('bias')[filter]!);
    const gamma = node.batchNorm.scale ? read('gamma')[filter]! : 1;
    const deviation = Math.sqrt(read('moving_variance')[filter]! + node.batchNorm.epsilon);
    return Math.max(0, ((sum - read('moving_mean')[filter]!) / deviation) * gamma + read('beta')[filter]!);
  });
}

function dense(node: DenseNode, weights: NetworkWeights, input: Value): Value {
  const read = (part: string): Float32Array => weights.tensors.get(`${node.weights}/${part}`)!.data;
  const kernel = read('kernel');
  return stored(1, 1, node.units, (_y, _x, unit) => {
    let sum = node.bias ? read('bias')[unit]! : 0;
    for (let c = 0; c < input.channels; c++) sum += input.at(0, 0, c) * kernel[c * node.units + unit]!;
    return sum;
  });
}

function pool(node: PoolNode, input: Value): Value {
  const down = windows(input.height, node.size, node.stride, node.padding);
  const across = windows(input.width, node.size, node.stride, node.padding);
  return stored(down.count, across.count, input.channels, (y, x, c) => {
    const inside: number[] = [];
    for (let i = 0; i < node.size; i++) {
      for (let j = 0; j < node.size; j++) {
        const [fromY, fromX] = [y * node.stride - down.before + i, x * node.stride - across.before + j];
        if (fromY < 0 || fromX < 0 || fromY >= input.height || fromX >= input.width) continue;
        inside.push(input.at(fromY, fromX, c));
      }
    }
    return node.kind === 'max-pool' ? Math.max(...inside) : inside.reduce((a, b) => a + b) / inside.length;
  });
}

function average({ height, width, channels, at }: Value): Value {
  return stored(1, 1, channels, (_y, _x, c) => {
    let sum = 0;
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sum += at(y, x, c);
    return sum / (height * width);
  });
}

function sideBySide(inputs: readonly Value[]): Value {
  const { height, width } = inputs[0]!;
  const channels = inputs.reduce((sum, input) => sum + input.channels, 0);
  return stored(height, width, channels, (y, x, c) => {
    let rest = c;
    const from = inputs.find((input) => rest < input.channels || ((rest -= input.channels), false))!;
    return from.at(y, x, rest);
  });
}
