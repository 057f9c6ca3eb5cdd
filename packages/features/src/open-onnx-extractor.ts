import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { BatchExtractor } from './batch-extractor.js';
import type { Engine } from './engines/engine.js';
import { importOnnxruntime, type Onnxruntime } from './engines/onnxruntime-engine.js';
import type { FeatureExtractor } from './feature-extractor.js';
import type { PixelScaling } from './network/network.js';
import { readNames, withOutput } from './onnx/onnx-messages.js';
import type { Preparation } from './prepare/prepare-images.js';

/** How a network of the user's wants its images. */
export interface OnnxInput {
  /** Side of the square that images are resized to, where the file leaves it open. @default 224 */
  readonly size?: number;
  /** @default ImageNet's mean and deviation of each channel, or what a file exported by Plateau says */
  readonly scaling?: PixelScaling;
}

const IMAGENET: PixelScaling = {
  subtract: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  divide: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};

const DEFAULT_SIZE = 224;

/**
 * Opens any `.onnx` network of one image input (count×3×height×width, float32) as a feature extractor: DINOv2, CLIP's image
 * half, one of your own.
 * @param options.layer name of an output, or of any value inside the graph. @default the first output
 * @throws RangeError when there is no such layer, or the file is no such network; Error when it can't be read
 */
export async function openOnnxExtractor(options: {
  readonly weights: string;
  readonly layer?: string;
  readonly onnxInput?: OnnxInput;
  readonly engine?: string;
  readonly backend?: string;
  readonly preparation: Preparation;
  readonly batchSize?: number;
}): Promise<FeatureExtractor> {
  const { weights: path, onnxInput = {}, preparation, batchSize } = options;
  if (options.engine === 'tfjs' || options.backend !== undefined)
    throw new RangeError(
      `${path} is run by onnxruntime only: leave out ${options.backend === undefined ? "engine 'tfjs'" : 'the backend'}`,
    );
  const ort = await importOnnxruntime();
  const bytes = await readBytes(path);
  const names = parse(path, bytes);
  const { session, layer } = await openSession(ort, { path, bytes, names, layer: options.layer });
  const input = inputOf(session, path, onnxInput.size ?? DEFAULT_SIZE);
  const scaling = onnxInput.scaling ?? scalingIn(names.metadata) ?? IMAGENET;
  const engine = engineOf(ort, session, { ...input, layer });
  const blank = await engine.run(new Float32Array(3 * input.height * input.width), { count: 1 });
  return new BatchExtractor({
    id: `onnx/${basename(path)}${Object.keys(onnxInput).length > 0 ? ` ${JSON.stringify(onnxInput)}` : ''}`,
    layer,
    dimension: blank.length,
    weightsSha256: createHash('sha256').update(bytes).digest('hex'),
    input: { ...input, scaling },
    engine,
    preparation,
    batchSize,
  });
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Error(`can't read ${path} (${(cause as NodeJS.ErrnoException).code}): expected an .onnx file`, { cause });
  }
}

function parse(path: string, bytes: Uint8Array): ReturnType<typeof readNames> {
  try {
    return readNames(bytes);
  } catch (cause) {
    throw new RangeError(`${path} is no .onnx file, or truncated`, { cause });
  }
}

async function openSession(
  ort: Onnxruntime,
  file: { path: string; bytes: Uint8Array; names: ReturnType<typeof readNames>; layer?: string },
): Promise<{ session: InferenceSession; layer: string }> {
  const { path, bytes, names, layer } = file;
  const whole = await createSession(ort, path, bytes);
  const outputs = whole.outputNames;
  if (layer === undefined || outputs.includes(layer)) return { session: whole, layer: layer ?? outputs[0]! };
  await whole.release();
  if (!names.nodes.some(({ output }) => output.includes(layer))) {
    throw new RangeError(
      `${path} has no layer '${layer}': expected ${outputs.join(', ')} or the name of a value inside it`,
    );
  }
  return { session: await createSession(ort, path, withOutput(bytes, layer)), layer };
}

async function createSession(ort: Onnxruntime, path: string, bytes: Uint8Array): Promise<InferenceSession> {
  try {
    // Severity 3 keeps remarks about the user's graph off stderr.
    return await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'all', logSeverityLevel: 3 });
  } catch (cause) {
    throw new RangeError(`${path} can't be run by onnxruntime: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
}

function inputOf(
  session: InferenceSession,
  path: string,
  size: number,
): { name: string; height: number; width: number } {
  const [input, ...others] = session.inputMetadata;
  const shape = input?.isTensor ? input.shape : [];
  const channels = shape[1];
  if (!input?.isTensor || others.length > 0 || shape.length !== 4 || (typeof channels === 'number' && channels !== 3)) {
    throw new RangeError(
      `${path} reads ${session.inputNames.join(', ')} (${shape.join('×')}), expected one image input of count×3×height×width`,
    );
  }
  const side = (extent: number | string | undefined): number =>
    typeof extent === 'number' && extent > 0 ? extent : size;
  return { name: input.name, height: side(shape[2]), width: side(shape[3]) };
}

function scalingIn(metadata: Readonly<Record<string, string>>): PixelScaling | undefined {
  return metadata.scaling === undefined ? undefined : (JSON.parse(metadata.scaling) as PixelScaling);
}

function engineOf(
  ort: Onnxruntime,
  session: InferenceSession,
  input: { name: string; height: number; width: number; layer: string },
): Engine {
  const { name, height, width, layer } = input;
  return {
    name: 'onnxruntime',
    layout: 'NCHW',
    batchSize: 8,
    async run(images, { count }) {
      const tensor = new ort.Tensor('float32', images, [count, 3, height, width]);
      const { [layer]: output } = await session.run({ [name]: tensor }, [layer]);
      return toVectors(output!.data as Float32Array, output!.dims, layer);
    },
    dispose() {
      void session.release();
    },
  };
}

/** One vector an image: maps are averaged over the image. */
function toVectors(data: Float32Array, dims: readonly number[], layer: string): Float32Array {
  if (!(data instanceof Float32Array) || (dims.length !== 2 && dims.length !== 4)) {
    throw new RangeError(
      `layer '${layer}' is ${dims.join('×')}, expected float32 of count×values or count×values×height×width`,
    );
  }
  if (dims.length === 2) return data;
  const pixels = dims[2]! * dims[3]!;
  const means = new Float32Array(data.length / pixels);
  for (let i = 0; i < means.length; i++) {
    let sum = 0;
    for (let pixel = 0; pixel < pixels; pixel++) sum += data[i * pixels + pixel]!;
    means[i] = sum / pixels;
  }
  return means;
}
