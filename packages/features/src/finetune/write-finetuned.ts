import { join } from 'node:path';
import { describeInceptionV3 } from '../network/inception-v3.js';
import { networkUpTo } from '../network/network-up-to.js';
import { toOnnx } from '../onnx/to-onnx.js';
import { writeAtomically } from '../store/write-atomically.js';
import { createWeights, type NetworkWeights, type WeightTensor } from '../weights/network-weights.js';
import { writeWeightFile } from '../weights/weight-file.js';
import { FINETUNED_FILE } from '../weights/open-weights.js';
import { weightShapes } from '../weights/weight-shapes.js';

/** Where a fine-tuned network was written. */
export interface FinetunedFiles {
  /** The weights, an extractor by its path. */
  readonly weightsPath: string;
  /** The same up to the pool, for any ONNX runtime. */
  readonly onnxPath: string;
  readonly weightsSha256: string;
}

/**
 * Writes a fine-tuned InceptionV3 as weights and as `.onnx`.
 * @param options.trained what replaces tensors of `start`
 * @param options.training kept in the header of the weights
 */
export async function writeFinetuned(
  folder: string,
  options: {
    start: NetworkWeights;
    trained: ReadonlyMap<string, WeightTensor>;
    data: string;
    classes: readonly string[];
    training: Record<string, unknown>;
  },
): Promise<FinetunedFiles> {
  const { start, trained, data, classes, training } = options;
  const network = describeInceptionV3({ variant: 'keras', classes: classes.length });
  const all = new Map([...start.tensors, ...trained]);
  const tensors = new Map([...weightShapes(network).keys()].map((name) => [name, all.get(name)!]));
  const provenance = `${start.provenance}; fine-tuned on ${classes.length} classes of ${data}`;
  const weights = createWeights({ id: 'finetuned', provenance, tensors });
  const weightsPath = join(folder, FINETUNED_FILE);
  const onnxPath = join(folder, 'finetuned.onnx');
  await writeWeightFile(weightsPath, { network, weights, classes, training });
  await writeAtomically(onnxPath, toOnnx(networkUpTo(network, 'pool'), weights));
  return { weightsPath, onnxPath, weightsSha256: weights.sha256 };
}
