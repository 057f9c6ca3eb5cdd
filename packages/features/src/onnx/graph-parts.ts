import { littleEndianBytes } from '../weights/little-endian-bytes.js';
import {
  ATTRIBUTE,
  encodeModel,
  FLOAT32,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-messages.js';

/** Opset 13 (IR version 7, 2020) is the oldest in which every operator used has its present form: most runtimes read it. */
const OPSET = 13;
const IR_VERSION = 7;

/** Of NCHW. */
export const CHANNEL_AXIS = 1;

/** The bytes of an `.onnx` file with this graph. */
export function encodeGraph(graph: OnnxModel['graph'], metadata: Readonly<Record<string, string>>): Uint8Array {
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: '@plateau/features',
    opsetImport: [{ domain: '', version: OPSET }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph,
  });
}

/** A node that gives one value, of its own name. */
export function operator(
  opType: string,
  name: string,
  input: readonly string[],
  attribute: readonly OnnxAttribute[],
): OnnxNode {
  return { name, opType, input, output: [name], attribute };
}

export function integer(name: string, i: number): OnnxAttribute {
  return { name, type: ATTRIBUTE.INT, i };
}

export function integers(name: string, ints: readonly number[]): OnnxAttribute {
  return { name, type: ATTRIBUTE.INTS, ints };
}

export function tensor(name: string, dims: readonly number[], data: Float32Array): OnnxTensor {
  return { name, dims, dataType: FLOAT32, rawData: littleEndianBytes(data) };
}

/** @param dims a name for a size that is known at run time only */
export function valueInfo(name: string, dims: readonly (number | string)[]): OnnxValueInfo {
  const dim = dims.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: FLOAT32, shape: { dim } } } };
}
