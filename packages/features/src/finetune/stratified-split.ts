import { RandomState } from '@plateau/numerics';

/** Indices of images, each in one part. */
export interface Split {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Divides images so that every part has each class in the same share, drawn at random.
 * @param labels one an image
 * @param options.trainShare of each class used for training, in (0, 1); the rest is for testing
 * @param options.validationShare of the training images kept aside to stop early, in [0, 1)
 * @throws RangeError when a class has fewer images than parts
 */
export function stratifiedSplit(
  labels: readonly string[],
  options: { trainShare: number; validationShare: number; seed: number },
): Split {
  const { trainShare, validationShare, seed } = options;
  if (!(trainShare > 0 && trainShare < 1))
    throw new RangeError(`trainShare is ${trainShare}, expected a share between 0 and 1`);
  if (!(validationShare >= 0 && validationShare < 1)) {
    throw new RangeError(`validationShare is ${validationShare}, expected a share from 0 to below 1`);
  }
  const random = new RandomState(seed);
  const parts = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  for (const [label, images] of [...imagesByClass(labels)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const least = validationShare > 0 ? 3 : 2;
    if (images.length < least) {
      throw new RangeError(
        `class '${label}' has ${images.length} image${images.length === 1 ? '' : 's'}, expected ${least} or more: one for each of training${least === 3 ? ', validation' : ''} and test`,
      );
    }
    const shuffled = Array.from(random.permutation(images.length), (i) => images[i]!);
    const used = clamp(Math.round(trainShare * images.length), least - 1, images.length - 1);
    const kept = validationShare > 0 ? clamp(Math.round(validationShare * used), 1, used - 1) : 0;
    parts.train.push(...shuffled.slice(kept, used));
    parts.validation.push(...shuffled.slice(0, kept));
    parts.test.push(...shuffled.slice(used));
  }
  return parts;
}

function imagesByClass(labels: readonly string[]): Map<string, number[]> {
  const classes = new Map<string, number[]>();
  labels.forEach((label, i) => {
    const images = classes.get(label);
    if (images) images.push(i);
    else classes.set(label, [i]);
  });
  return classes;
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.min(Math.max(value, least), greatest);
}
