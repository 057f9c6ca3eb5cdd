import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { wallNetworkOf, type WallNetwork } from '@plateau/cells';
import { openTrainingBackend } from '../training-backend.js';
import { loadLayersModel } from '../monitor/load-layers-model.js';

/** The ONNX file beside the tfjs model. */
export const ONNX_FILE = 'model.onnx';

/** Opens a trained U-Net: in onnxruntime-node where that is installed, else in TensorFlow.js. */
export async function openWallNetwork(directory: string): Promise<WallNetwork> {
  return (await openOnnxNetwork(join(directory, ONNX_FILE))) ?? (await openTfjsNetwork(directory));
}

/** The network in TensorFlow.js. */
export async function openTfjsNetwork(directory: string): Promise<WallNetwork> {
  const tf = await openTrainingBackend();
  return wallNetworkOf(tf, await loadLayersModel(tf, directory));
}

/** The network in onnxruntime; undefined where that isn't installed, or the file isn't there. */
export async function openOnnxNetwork(path: string): Promise<WallNetwork | undefined> {
  const [ort, isThere] = await Promise.all([
    import('onnxruntime-node').catch(() => undefined),
    access(path).then(
      () => true,
      () => false,
    ),
  ]);
  if (!ort || !isThere) return undefined;
  // A thread each: images are spread over the cores.
  const session = await ort.InferenceSession.create(path, { intraOpNumThreads: 1 });
  return async (tile, { width, height }) => {
    const { output } = await session.run({ input: new ort.Tensor('float32', tile, [1, 1, height, width]) });
    return output!.data as Float32Array;
  };
}
