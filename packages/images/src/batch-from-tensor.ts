import { checkSamples } from './check-samples.js';
import type { ImageBatch, ValueRange } from './image-batch.js';
import type { TensorLike } from './tensor-like.js';

/** What a tensor does not say of itself. */
export interface TensorOptions {
  /** The least and greatest value that a pixel can take: `[-1, 1]` after tanh, `[0, 1]` after sigmoid, `[0, 255]`. */
  readonly range: ValueRange;
}

/**
 * A tfjs tensor of images as a batch: NHWC with 1 or 3 channels, or NHW (grey); float32 or int32.
 *
 * The tensor is read, neither kept nor disposed. int32 in [0, 255] becomes Uint8Array, in [0, 65535] Uint16Array, all
 * else Float32Array.
 * @throws TypeError when the tensor is of another type
 * @throws RangeError when its shape is another, or a value is NaN, infinite or out of range: the message says where
 */
export async function batchFromTensor(tensor: TensorLike, { range }: TensorOptions): Promise<ImageBatch> {
  const { shape, dtype } = tensor;
  if (dtype !== 'float32' && dtype !== 'int32') {
    throw new TypeError(`image tensor: dtype is ${dtype}, expected float32 or int32`);
  }
  const [count, height, width, channels = 1] = shape;
  const fits = shape.length === 3 || (shape.length === 4 && (channels === 1 || channels === 3));
  if (!fits || shape.slice(1).some((side) => side < 1)) {
    throw new RangeError(
      `image tensor: shape is [${shape.join(', ')}], expected [count, height, width] or [count, height, width, 1 or 3]`,
    );
  }
  if (!(range[0] < range[1] && Number.isFinite(range[1] - range[0]))) {
    throw new RangeError(`image tensor: range is [${range.join(', ')}], expected [min, max] with min below max`);
  }
  const values = await tensor.data();
  // Checked before whole numbers are narrowed, which would wrap the bad ones.
  const data = values instanceof Float32Array ? values : Float32Array.from(values);
  const checked = checkSamples(
    { data, count: count!, height: height!, width: width!, channels: channels as 1 | 3, range },
    'image tensor',
  );
  return dtype === 'int32' ? narrow(checked) : checked;
}

function narrow(batch: ImageBatch): ImageBatch {
  const [min, max] = batch.range;
  if (min === 0 && max === 255) return { ...batch, data: Uint8Array.from(batch.data) };
  if (min === 0 && max === 65535) return { ...batch, data: Uint16Array.from(batch.data) };
  return batch;
}
