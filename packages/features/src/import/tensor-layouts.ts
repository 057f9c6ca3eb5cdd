import type { WeightTensor } from '../weights/network-weights.js';

/** Where one of our tensors is found in a foreign file, and how its axes are ordered there. */
export interface ForeignTensor {
  readonly name: string;
  /** `filters-first`: filters×channels×height×width, as PyTorch has it. `units-first`: units×inputs. Else as ours. */
  readonly layout?: 'filters-first' | 'units-first';
}

/** A foreign tensor in our order of axes: height×width×channels×filters, inputs×units. */
export function inOurLayout(tensor: WeightTensor, layout: ForeignTensor['layout']): WeightTensor {
  if (layout === undefined || tensor.shape.length !== (layout === 'filters-first' ? 4 : 2)) return tensor;
  const [filters, channels, ...window] = tensor.shape as [number, number, ...number[]];
  const pixels = window.reduce((product, extent) => product * extent, 1);
  const data = new Float32Array(tensor.data.length);
  for (let filter = 0, from = 0; filter < filters; filter++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        data[(pixel * channels + channel) * filters + filter] = tensor.data[from++]!;
      }
    }
  }
  return { shape: [...window, channels, filters], data };
}
