import { arraySource, type ArraySourceOptions, type CountedImageSource } from './array-source.js';
import { batchFromTensor, type TensorOptions } from './batch-from-tensor.js';
import type { TensorLike } from './tensor-like.js';

/**
 * A tfjs tensor of images as a source. It is read at once, so the tensor may be disposed as soon as this resolves.
 * @throws as `batchFromTensor` and `arraySource` do
 */
export async function tensorSource(
  tensor: TensorLike,
  { range, ...options }: TensorOptions & ArraySourceOptions,
): Promise<CountedImageSource> {
  return arraySource(await batchFromTensor(tensor, { range }), { id: 'tensor', ...options });
}
