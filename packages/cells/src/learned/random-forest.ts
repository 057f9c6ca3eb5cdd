import type { RandomState } from '@plateau/numerics';

/** How a forest is grown. */
export interface ForestOptions {
  /** 20 by default. */
  readonly trees?: number;
  /** Questions from root to leaf at most; 12 by default. */
  readonly depth?: number;
  /** Samples a leaf must hold; 5 by default. */
  readonly leastLeaf?: number;
}

/** Trees as plain numbers, for JSON. Node k asks whether feature[k] ≤ threshold[k]: then left[k], else right[k]. */
export interface DecisionTree {
  /** −1 at leaves. */
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  /** Share of class 1. */
  readonly probability: number[];
}

/** A forest for two classes. */
export interface RandomForest {
  readonly features: number;
  readonly trees: readonly DecisionTree[];
}

/**
 * Grows a random forest (Breiman 2001) for two classes: each tree on a bootstrap sample, each question the best by Gini
 * impurity among √features features and 16 thresholds drawn from the samples.
 * @param x row by row, `features` values a sample
 * @param y 0 or 1 for each sample
 * @throws RangeError when sizes do not agree or only one class is there
 */
export function growForest(
  x: Float32Array,
  y: Uint8Array,
  features: number,
  random: RandomState,
  { trees = 20, depth = 12, leastLeaf = 5 }: ForestOptions = {},
): RandomForest {
  if (x.length !== y.length * features) {
    throw new RangeError(`growForest: ${x.length} values for ${y.length} samples of ${features} features`);
  }
  if (!y.includes(0) || !y.includes(1)) {
    throw new RangeError(
      'growForest: the samples are of one class, expected some of both; scribble on walls and cells',
    );
  }
  const grow = (): DecisionTree => {
    const tree: DecisionTree = { feature: [], threshold: [], left: [], right: [], probability: [] };
    const bag = Int32Array.from({ length: y.length }, () => random.randint(y.length));
    split(tree, bag, depth);
    return tree;
  };
  return { features, trees: Array.from({ length: trees }, grow) };

  function split(tree: DecisionTree, samples: Int32Array, left: number): number {
    const node = tree.feature.length;
    const ones = samples.reduce((sum, i) => sum + y[i]!, 0);
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.probability.push(ones / samples.length);
    if (left === 0 || ones === 0 || ones === samples.length || samples.length < 2 * leastLeaf) return node;
    const question = bestQuestion(samples, ones);
    if (!question) return node;
    const [feature, threshold] = question;
    tree.feature[node] = feature;
    tree.threshold[node] = threshold;
    tree.left[node] = split(
      tree,
      samples.filter((i) => x[i * features + feature]! <= threshold),
      left - 1,
    );
    tree.right[node] = split(
      tree,
      samples.filter((i) => x[i * features + feature]! > threshold),
      left - 1,
    );
    return node;
  }

  /** Maximises Σ ones²/n + zeros²/n over both sides, which is the least Gini impurity. */
  function bestQuestion(samples: Int32Array, ones: number): [feature: number, threshold: number] | undefined {
    const n = samples.length;
    let best = (ones * ones + (n - ones) * (n - ones)) / n + 1e-9;
    let question: [number, number] | undefined;
    for (let t = 0; t < Math.ceil(Math.sqrt(features)); t++) {
      const feature = random.randint(features);
      for (let k = 0; k < 16; k++) {
        const threshold = x[samples[random.randint(n)]! * features + feature]!;
        let [below, onesBelow] = [0, 0];
        for (const i of samples) {
          if (x[i * features + feature]! > threshold) continue;
          below++;
          onesBelow += y[i]!;
        }
        const above = n - below;
        if (below < leastLeaf || above < leastLeaf) continue;
        const onesAbove = ones - onesBelow;
        const gain =
          (onesBelow ** 2 + (below - onesBelow) ** 2) / below + (onesAbove ** 2 + (above - onesAbove) ** 2) / above;
        if (gain > best) {
          best = gain;
          question = [feature, threshold];
        }
      }
    }
    return question;
  }
}

/** The mean share of class 1 over the trees' leaves, for each sample. */
export function forestProbabilities({ features, trees }: RandomForest, x: Float32Array): Float32Array {
  const result = new Float32Array(x.length / features);
  for (const { feature, threshold, left, right, probability } of trees) {
    for (let i = 0; i < result.length; i++) {
      let node = 0;
      while (feature[node]! >= 0) {
        node = x[i * features + feature[node]!]! <= threshold[node]! ? left[node]! : right[node]!;
      }
      result[i]! += probability[node]! / trees.length;
    }
  }
  return result;
}
