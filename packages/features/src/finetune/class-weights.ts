/**
 * How much an image of each class counts, so that all classes count alike: n / (k · nₖ), 1 on average over the images.
 * @param labels class of each image, 0 … classes − 1
 * @example classWeights([0, 0, 0, 1], 2) // => [0.667, 2]
 */
export function classWeights(labels: readonly number[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
}
