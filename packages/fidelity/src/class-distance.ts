import { squaredDistanceBlocks, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';

/** Distances of one class's samples to the reference of the same and of the other classes. */
export interface ClassDistance {
  readonly label: string;
  /** Samples of the generated set predicted to be of this class. */
  readonly count: number;
  /** Mean Euclidean distance to reference samples of the class; undefined where there is no such pair. */
  readonly same: number | undefined;
  /** Mean Euclidean distance to reference samples not of the class; undefined where there is no such pair. */
  readonly different: number | undefined;
}

/**
 * Same/different distances (Shah et al., table 4): for each class, mean Euclidean distances in the full feature space
 * between the samples predicted to be of it and the reference samples that are, and are not, of it. In feature units; a
 * class is well generated when both lie near the reference's own values.
 *
 * For the reference's own values pass it as both sets: a sample is then not compared with itself.
 * @param reference n×d features
 * @param referenceLabels n class names
 * @param generated m×d features
 * @param predictedLabels m class names
 * @returns one entry a reference class, in order of first appearance
 * @throws RangeError when there is not one label a row, a set is empty, the widths differ or an element is NaN or Inf
 * @example classDistances(matrix([[0], [9]]), ['a', 'b'], matrix([[1]]), ['a'])[0] // => { label: 'a', count: 1, same: 1, different: 8 }
 */
export function classDistances(
  reference: Matrix,
  referenceLabels: readonly string[],
  generated: Matrix,
  predictedLabels: readonly string[],
): ClassDistance[] {
  checkPair(reference, generated, 1);
  checkLabels('reference', reference, referenceLabels);
  checkLabels('generated', generated, predictedLabels);
  const classes = [...new Set(referenceLabels)];
  const sums = classes.map(() => ({ same: 0, samePairs: 0, different: 0, differentPairs: 0 }));
  const isItself = generated === reference;
  // A copy of the header keeps all pairs: the bands of one matrix with itself hold only half of them.
  for (const { start, rows, cols, data } of squaredDistanceBlocks(generated, { ...reference })) {
    for (let i = 0; i < rows; i++) {
      const label = predictedLabels[start + i];
      const sum = sums[classes.indexOf(label)];
      if (!sum) continue;
      for (let j = 0; j < cols; j++) {
        if (isItself && j === start + i) continue;
        const distance = Math.sqrt(data[i * cols + j]);
        if (referenceLabels[j] === label) {
          sum.same += distance;
          sum.samePairs++;
        } else {
          sum.different += distance;
          sum.differentPairs++;
        }
      }
    }
  }
  return classes.map((label, index) => {
    const { same, samePairs, different, differentPairs } = sums[index];
    return {
      label,
      count: predictedLabels.filter((predicted) => predicted === label).length,
      same: samePairs > 0 ? same / samePairs : undefined,
      different: differentPairs > 0 ? different / differentPairs : undefined,
    };
  });
}

function checkLabels(set: string, { rows }: Matrix, labels: readonly string[]): void {
  if (labels.length !== rows) {
    throw new RangeError(`${rows} ${set} samples need as many labels, got ${labels.length}`);
  }
}
