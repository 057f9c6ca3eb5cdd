import type { FinetuneSettings } from './finetune-options.js';
import { stratifiedSplit, type Split } from './stratified-split.js';

/** The classes of labelled images, and which image serves what. */
export interface LabelledClasses {
  /** In alphabetical order. */
  readonly classes: readonly string[];
  /** Class of each image, 0 … classes − 1. */
  readonly labels: readonly number[];
  readonly split: Split;
}

/** A class this many times larger than another is worth a warning. */
const UNEVEN = 10;

/**
 * Divides labelled images into those for training, validation and test.
 * @throws RangeError when there are fewer than two classes, or a class has too few images
 */
export function labelledClasses({
  data,
  trainShare,
  validationShare,
  seed,
  onWarning,
}: Pick<FinetuneSettings, 'data' | 'trainShare' | 'validationShare' | 'seed' | 'onWarning'>): LabelledClasses {
  const names = data.labels ?? [];
  const classes = [...new Set(names)].sort();
  if (classes.length < 2) {
    throw new RangeError(
      `${data.id} has ${classes.length} classes, expected a folder of two or more folders of images`,
    );
  }
  const split = stratifiedSplit(names, { trainShare, validationShare, seed });
  const sizes = classes.map((name) => names.filter((other) => other === name).length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (most >= UNEVEN * least) {
    onWarning(
      `${data.id}: class '${classes[sizes.indexOf(most)]}' has ${most} images, '${classes[sizes.indexOf(least)]}' ${least}; all classes count alike, but few images teach little`,
    );
  }
  return { classes, labels: names.map((name) => classes.indexOf(name)), split };
}
