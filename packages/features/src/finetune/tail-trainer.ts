import type * as tfjs from '@tensorflow/tfjs';
import { RandomState, type Matrix } from '@plateau/numerics';
import { inferShapes } from '../network/infer-shapes.js';
import { convolutionsOf, denseNodesOf, inputOf, type Network } from '../network/network.js';
import { toLayersModel, type Tfjs } from '../tfjs/to-layers-model.js';
import { neutralNormalisation } from '../weights/neutral-normalisation.js';
import type { NetworkWeights, WeightTensor } from '../weights/network-weights.js';
import type { LinearClassifier } from './fit-classifier.js';
import type { TrunkValues } from './trunk-values.js';

/** Images with their classes. */
export interface LabelledValues {
  readonly values: Pick<TrunkValues, 'key' | 'read'>;
  /** Class of every image of `values`. */
  readonly labels: readonly number[];
}

const BATCH_TO_PREDICT = 16;

/**
 * Trains the last part of a network as a classifier, by Adam on cross-entropy.
 *
 * Batch normalisations are folded into their convolutions first: with a few hundred images, statistics of batches of 16 are worse
 * than those of the millions of images that the network was trained on, so these stay, and their factors and offsets are trained
 * as part of the kernels and biases.
 */
export class TailTrainer {
  readonly #tf: Tfjs;
  readonly #tail: Network;
  readonly #model: tfjs.LayersModel;
  #optimizer: tfjs.AdamOptimizer;
  readonly #classes: number;

  constructor(options: { tf: Tfjs; tail: Network; weights: NetworkWeights }) {
    const { tf, tail, weights } = options;
    this.#tf = tf;
    this.#tail = tail;
    this.#model = toLayersModel(tf, tail, weights, { foldBatchNorm: true });
    this.#optimizer = tf.train.adam();
    this.#classes = denseNodesOf(tail)[0]!.units;
  }

  /**
   * One pass over the images in an order drawn from the seed.
   * @param options.learningRate of each step, by the share of the epoch that is done
   * @returns mean loss
   */
  async epoch(
    data: LabelledValues,
    options: {
      indices: readonly number[];
      seed: number;
      batchSize: number;
      classWeights: readonly number[];
      learningRate: (done: number) => number;
      onImages?: (count: number) => void;
    },
  ): Promise<number> {
    const { indices, seed, batchSize, classWeights, learningRate, onImages } = options;
    const order = Array.from(new RandomState(seed).permutation(indices.length), (i) => indices[i]!);
    let sum = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.slice(start, start + batchSize);
      // Adam's rate can't be set from outside by its types; its steps read this field.
      (this.#optimizer as unknown as { learningRate: number }).learningRate = learningRate(start / order.length);
      sum += (await this.#step(data, batch, classWeights)) * batch.length;
      onImages?.(batch.length);
    }
    return sum / order.length;
  }

  /** Probabilities of the classes, row after row. */
  async predict(data: LabelledValues, indices: readonly number[]): Promise<Float32Array> {
    const { data: probabilities } = await this.#run(data, indices, {
      cols: this.#classes,
      compute: (input) => this.#tf.softmax(this.#model.predict(input) as tfjs.Tensor2D),
    });
    return probabilities;
  }

  /** What the classifier reads: features as the network computes them now, one row an image. */
  async pooled(data: LabelledValues, indices: readonly number[]): Promise<Matrix> {
    const { inputs } = this.#model;
    const features = this.#tf.model({ inputs, outputs: this.#model.getLayer('pool').output });
    return this.#run(data, indices, {
      cols: inferShapes(this.#tail).get('pool')!.channels,
      compute: (input) => features.predict(input) as tfjs.Tensor2D,
    });
  }

  /** Replaces the classifier. */
  setClassifier({ kernel, bias }: LinearClassifier): void {
    const classes = this.#classes;
    const tensors = [this.#tf.tensor2d(kernel, [kernel.length / classes, classes]), this.#tf.tensor1d(bias)];
    this.#model.getLayer('logits').setWeights(tensors);
    this.#tf.dispose(tensors);
  }

  /** Everything trained, under the names of the network's weights. */
  weights(): Map<string, WeightTensor> {
    const tensors = new Map<string, WeightTensor>();
    for (const node of convolutionsOf(this.#tail)) {
      const [kernel, bias] = this.#layerWeights(node.name);
      tensors.set(`${node.name}/kernel`, kernel!);
      if (node.batchNorm === undefined) tensors.set(`${node.name}/bias`, bias!);
      else for (const [name, tensor] of neutralNormalisation(node, bias!.data)) tensors.set(name, tensor);
    }
    const [kernel, bias] = this.#layerWeights('logits');
    return tensors.set('logits/kernel', kernel!).set('logits/bias', bias!);
  }

  /** Kernels, biases and Adam's moments, to go on from later. */
  async state(): Promise<Map<string, WeightTensor>> {
    const state = new Map<string, WeightTensor>();
    this.#model.getWeights().forEach((tensor, i) => state.set(`model/${i}`, toWeightTensor(tensor)));
    const moments = await this.#optimizer.getWeights();
    moments.forEach(({ name, tensor }, i) => state.set(`adam/${i}/${name}`, toWeightTensor(tensor)));
    // The first is the count of steps, made for this call; the others are the optimizer's own.
    moments[0]!.tensor.dispose();
    return state;
  }

  /** Goes back to a state, its moments included. */
  async restore(state: ReadonlyMap<string, WeightTensor>): Promise<void> {
    this.restoreModel(state);
    const moments = [...state]
      .filter(([name]) => name.startsWith('adam/'))
      .map(([name, { shape, data }]) => ({
        name: name.split('/').slice(2).join('/'),
        tensor: this.#tf.tensor(data, [...shape]),
      }));
    if (moments.length === 0) return;
    this.#optimizer.dispose();
    this.#optimizer = this.#tf.train.adam();
    await this.#optimizer.setWeights(moments);
    for (const { tensor } of moments) tensor.dispose();
  }

  /** Goes back to the kernels and biases of a state. */
  restoreModel(state: ReadonlyMap<string, WeightTensor>): void {
    const tensors = this.#model.weights.map((_, i) => {
      const { shape, data } = state.get(`model/${i}`)!;
      return this.#tf.tensor(data, [...shape]);
    });
    this.#model.setWeights(tensors);
    this.#tf.dispose(tensors);
  }

  dispose(): void {
    this.#model.dispose();
    this.#optimizer.dispose();
  }

  /** Some values of each image, a few images at a time. */
  async #run(
    data: LabelledValues,
    indices: readonly number[],
    { cols, compute }: { cols: number; compute: (input: tfjs.Tensor4D) => tfjs.Tensor2D },
  ): Promise<Matrix & { data: Float32Array }> {
    const result = new Float32Array(indices.length * cols);
    for (let start = 0; start < indices.length; start += BATCH_TO_PREDICT) {
      const batch = indices.slice(start, start + BATCH_TO_PREDICT);
      const values = await data.values.read(batch);
      const output = this.#tf.tidy(() => compute(this.#inputTensor(values, batch.length)));
      result.set(await output.data(), start * cols);
      output.dispose();
    }
    return { data: result, rows: indices.length, cols };
  }

  async #step(data: LabelledValues, batch: readonly number[], weights: readonly number[]): Promise<number> {
    const tf = this.#tf;
    const values = await data.values.read(batch);
    const labels = batch.map((i) => data.labels[i]!);
    const loss = tf.tidy(() => {
      const input = this.#inputTensor(values, batch.length);
      const target = tf.oneHot(tf.tensor1d(labels, 'int32'), this.#classes);
      const importance = tf.tensor1d(labels.map((label) => weights[label]!));
      const cost = () => {
        const logits = this.#model.apply(input, { training: true }) as tfjs.Tensor2D;
        return tf.losses.softmaxCrossEntropy(target, logits, importance).asScalar();
      };
      return this.#optimizer.minimize(cost, true)!;
    });
    const [value] = await loss.data();
    loss.dispose();
    if (!Number.isFinite(value)) {
      throw new Error(`the loss became ${value}: train with a lower learning rate`);
    }
    return value!;
  }

  #inputTensor(values: Float32Array, count: number): tfjs.Tensor4D {
    const { height, width, channels } = inputOf(this.#tail);
    return this.#tf.tensor4d(values, [count, height, width, channels]);
  }

  #layerWeights(name: string): WeightTensor[] {
    return this.#model.getLayer(name).getWeights().map(toWeightTensor);
  }
}

function toWeightTensor(tensor: tfjs.Tensor): WeightTensor {
  return { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) };
}
