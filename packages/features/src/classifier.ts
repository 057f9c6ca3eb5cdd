import { multiplyTransposed, type Matrix } from '@plateau/numerics';
import { openWeights } from './weights/open-weights.js';

/** Tells the class of an image from its features. */
export interface Classifier {
  readonly classes: readonly string[];
  /** The features it reads are those of this layer of these weights. */
  readonly layer: 'pool';
  readonly weightsSha256: string;
  /**
   * The likeliest class of each row.
   * @param features n×2048
   * @throws RangeError when the features are of another width
   */
  classify(features: Matrix): string[];
}

/**
 * The classifier that a fine-tuned network was trained as.
 * @param source as the `weights` of `openExtractor`
 * @returns undefined for weights without classes of yours
 * @throws as `openExtractor` does
 * @example (await openClassifier('steel-inception'))?.classify(features)[0] // => 'scratches'
 */
export async function openClassifier(source: string): Promise<Classifier | undefined> {
  if (source.endsWith('.onnx')) return undefined;
  const { classes, weights } = await openWeights(source);
  const [kernel, bias] = ['logits/kernel', 'logits/bias'].map((name) => weights.tensors.get(name));
  if (classes === undefined || kernel === undefined || bias === undefined) return undefined;
  const [inputs] = kernel.shape as [number, number];
  const byClass = transpose(kernel.data, inputs, classes.length);
  return {
    classes,
    layer: 'pool',
    weightsSha256: weights.sha256,
    classify(features) {
      if (features.cols !== inputs) {
        throw new RangeError(`features are ${features.cols} wide, the classifier of ${source} reads ${inputs}`);
      }
      const scores = multiplyTransposed(features, byClass);
      return Array.from({ length: features.rows }, (_, row) => {
        const own = classes.map((_, i) => scores.data[row * classes.length + i]! + bias.data[i]!);
        return classes[own.indexOf(Math.max(...own))]!;
      });
    },
  };
}

function transpose(data: Float32Array, rows: number, cols: number): Matrix {
  const result = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) result[j * rows + i] = data[i * cols + j]!;
  }
  return { data: result, rows: cols, cols: rows };
}
