import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

/** TensorFlow.js on WebAssembly: the fastest backend that needs nothing outside the npm registry. */
export async function useWasm(): Promise<typeof tf> {
  await tf.setBackend('wasm');
  return tf;
}
