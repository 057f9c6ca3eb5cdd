import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Matrix } from '@plateau/numerics';
import type { Tfjs } from '../tfjs/to-layers-model.js';

/** Features with the class of each row. */
export interface LabelledFeatures {
  readonly features: Matrix;
  /** Class of each row, 0 … classes − 1. */
  readonly labels: readonly number[];
}

/** The numbers of a dense layer without activation. */
export interface LinearClassifier {
  /** width×classes. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Penalties tried, of squared weights on standardised features: most of the sets of images seen lie well within these. */
const PENALTIES = [1e-3, 1e-4, 1e-5];

const STEPS = 300;
const LEARNING_RATE = 0.1;

/** A column that varies less than this share of the average column is noise that standardising would blow up. */
const LEAST_DEVIATION = 1e-3;

/**
 * Fits a softmax regression with squared penalty on standardised features, and takes the penalty with the lowest loss on the
 * validation rows. Training that starts from it doesn't destroy features with the errors of a random classifier (Kumar et al.
 * 2022, "Fine-tuning can distort pretrained features").
 * @param options.validation to choose the penalty by; without rows the middle one is taken
 * @param options.classWeights how much a row of each class counts
 * @returns the classifier for the features as they are, not standardised
 */
export async function fitClassifier(
  tf: Tfjs,
  options: { train: LabelledFeatures; validation: LabelledFeatures; classWeights: readonly number[] },
): Promise<LinearClassifier> {
  const { train, validation, classWeights } = options;
  if (validation.labels.length === 0) return fitWith(tf, train, { classWeights, penalty: PENALTIES[1]! });
  let best: { classifier: LinearClassifier; loss: number } | undefined;
  for (const penalty of PENALTIES) {
    const classifier = await fitWith(tf, train, { classWeights, penalty });
    const loss = await lossOf(tf, validation, classifier, classWeights);
    if (best === undefined || loss < best.loss) best = { classifier, loss };
  }
  return best!.classifier;
}

async function fitWith(
  tf: Tfjs,
  { features, labels }: LabelledFeatures,
  { classWeights, penalty }: { classWeights: readonly number[]; penalty: number },
): Promise<LinearClassifier> {
  const { rows, cols } = features;
  const classes = classWeights.length;
  const [inputs, mean, factor] = tf.tidy(() => {
    const raw = tf.tensor2d(Float32Array.from(features.data), [rows, cols]);
    const { mean, variance } = tf.moments(raw, 0);
    const deviation = variance.sqrt();
    const least = deviation.mean().mul(LEAST_DEVIATION).add(Number.MIN_VALUE);
    const factor = tf.maximum(deviation, least).mul(Math.sqrt(cols)).reciprocal();
    return [raw.sub(mean).mul(factor), mean, factor] as const;
  });
  const target = tf.tidy(() => tf.oneHot(tf.tensor1d([...labels], 'int32'), classes).toFloat());
  const importance = tf.tensor1d(labels.map((label) => classWeights[label]!));
  const kernel = tf.tidy(() => tf.variable(tf.zeros([cols, classes]) as Tensor2D));
  const bias = tf.tidy(() => tf.variable(tf.zeros([classes]) as Tensor1D));
  const optimizer = tf.train.adam(LEARNING_RATE);
  for (let step = 0; step < STEPS; step++) {
    const rate = 0.5 * LEARNING_RATE * (1 + Math.cos((Math.PI * step) / STEPS));
    // Adam's rate can't be set from outside by its types; its steps read this field.
    (optimizer as unknown as { learningRate: number }).learningRate = rate;
    optimizer.minimize(
      () => {
        const logits = tf.matMul(inputs, kernel).add(bias);
        const loss = tf.losses.softmaxCrossEntropy(target, logits, importance).asScalar();
        return loss
          .add(
            kernel
              .square()
              .sum()
              .mul(penalty / 2),
          )
          .asScalar();
      },
      false,
      [kernel, bias],
    );
  }
  const [ownKernel, ownBias] = tf.tidy(() => {
    const scaled = kernel.mul(factor.expandDims(1));
    return [scaled, bias.sub(tf.matMul(mean.expandDims(0), scaled).flatten())] as const;
  });
  const result = { kernel: (await ownKernel.data()) as Float32Array, bias: (await ownBias.data()) as Float32Array };
  tf.dispose([inputs, mean, factor, target, importance, kernel, bias, ownKernel, ownBias]);
  optimizer.dispose();
  return result;
}

async function lossOf(
  tf: Tfjs,
  { features, labels }: LabelledFeatures,
  { kernel, bias }: LinearClassifier,
  classWeights: readonly number[],
): Promise<number> {
  const { rows, cols } = features;
  const classes = bias.length;
  const loss = tf.tidy(() => {
    const inputs = tf.tensor2d(Float32Array.from(features.data), [rows, cols]);
    const logits = tf.matMul(inputs, tf.tensor2d(kernel, [cols, classes])).add(tf.tensor1d(bias));
    const target = tf.oneHot(tf.tensor1d([...labels], 'int32'), classes);
    const importance = tf.tensor1d(labels.map((label) => classWeights[label]!));
    return tf.losses.softmaxCrossEntropy(target, logits, importance);
  });
  const [value] = await loss.data();
  loss.dispose();
  return value!;
}
