import type { LabelMap, Mask } from './raster.js';

/** How pixels hang together. */
export interface LabelOptions {
  /** 4: sides; 8: corners too, the default. */
  readonly connectivity?: 4 | 8;
}

/**
 * Labels the connected components of a mask, numbered by their first pixel in reading order: two passes with a
 * union-find over the runs' labels (Rosenfeld and Pfaltz 1966).
 * @example labelComponents({ data: Uint8Array.of(1, 0, 1), width: 3, height: 1 }).count // => 2
 */
export function labelComponents({ data, width, height }: Mask, { connectivity = 8 }: LabelOptions = {}): LabelMap {
  const labels = new Int32Array(data.length);
  const parents: number[] = [0];
  const find = (label: number): number => {
    let root = label;
    while (parents[root] !== root) root = parents[root]!;
    while (parents[label] !== root) [label, parents[label]] = [parents[label]!, root];
    return root;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (!data[i]) continue;
      let label = x > 0 ? labels[i - 1]! : 0;
      const from = connectivity === 8 ? Math.max(x - 1, 0) : x;
      const to = connectivity === 8 ? Math.min(x + 1, width - 1) : x;
      for (let k = y > 0 ? from : to + 1; k <= to; k++) {
        const above = labels[(y - 1) * width + k]!;
        if (above === 0 || above === label) continue;
        if (label === 0) label = above;
        else {
          const [a, b] = [find(above), find(label)];
          if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
        }
      }
      if (label === 0) {
        label = parents.length;
        parents.push(label);
      }
      labels[i] = label;
    }
  }
  const numbers = new Int32Array(parents.length);
  let count = 0;
  for (let label = 1; label < parents.length; label++) {
    numbers[label] = parents[label] === label ? ++count : numbers[find(label)]!;
  }
  for (let i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]!]!;
  return { data: labels, width, height, count };
}
