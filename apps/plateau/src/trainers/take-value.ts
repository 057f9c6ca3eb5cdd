import type * as tfjs from '@tensorflow/tfjs';

/** The number in a tensor, which is freed; without waiting for it in place, which WebGPU in Node can't. */
export async function takeValue(tensor: tfjs.Tensor): Promise<number> {
  try {
    return (await tensor.data())[0]!;
  } finally {
    tensor.dispose();
  }
}
