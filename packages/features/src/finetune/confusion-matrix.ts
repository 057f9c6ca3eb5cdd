/**
 * How often images of each class (row) were taken for each class (column).
 * @example confusionMatrix({ labels: [0, 0, 1], predictions: [0, 1, 1], classes: 2 }) // => [[1, 1], [0, 1]]
 */
export function confusionMatrix(options: {
  labels: readonly number[];
  predictions: readonly number[];
  classes: number;
}): number[][] {
  const { labels, predictions, classes } = options;
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, i) => matrix[label]![predictions[i]!]!++);
  return matrix;
}

/** The share on the diagonal; NaN without images. */
export function accuracyOf(matrix: readonly (readonly number[])[]): number {
  const right = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
  return right / matrix.flat().reduce((sum, count) => sum + count, 0);
}
