import type { WeightTensor } from '../weights/network-weights.js';

/** Keras' ε in InceptionV3: variance 1 − ε makes a normalisation with mean 0 change nothing. */
const EPSILON = 1e-3;

const FOLDED = /(?:^|\/)conv2d(_\d+)?\/Conv2D_(weights|bn_offset)$/;

/**
 * The tensors of a TensorFlow.js graph model under Keras' names. The converter folds batch normalisation into the convolutions
 * (`…/conv2d_3/Conv2D_weights` and `…/conv2d_3/Conv2D_bn_offset`); it is given back as one that only adds the offset. Other
 * tensors stay as they are.
 */
export function unfoldGraphModel(given: ReadonlyMap<string, WeightTensor>): ReadonlyMap<string, WeightTensor> {
  if (![...given.keys()].some((name) => FOLDED.test(name))) return given;
  const tensors = new Map<string, WeightTensor>();
  for (const [name, tensor] of given) {
    const match = FOLDED.exec(name);
    if (match === null) {
      tensors.set(name, tensor);
      continue;
    }
    const [, number = '', kind] = match;
    if (kind === 'weights') {
      tensors.set(`conv2d${number}/kernel`, tensor);
      continue;
    }
    const layer = `batch_normalization${number}`;
    const all = (value: number): WeightTensor => ({
      ...tensor,
      data: new Float32Array(tensor.data.length).fill(value),
    });
    tensors.set(`${layer}/beta`, tensor);
    tensors.set(`${layer}/moving_mean`, all(0));
    tensors.set(`${layer}/moving_variance`, all(1 - EPSILON));
  }
  return tensors;
}
