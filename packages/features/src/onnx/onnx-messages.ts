import protobuf from 'protobufjs/light.js';

/** The part of the ONNX file format (onnx.proto, IR version 7) that a feed-forward network of float32 needs. */
const root = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'GraphProto', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSetIdProto', id: 8 },
        metadataProps: { rule: 'repeated', type: 'StringStringEntryProto', id: 14 },
      },
    },
    OperatorSetIdProto: {
      fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } },
    },
    StringStringEntryProto: {
      fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } },
    },
    GraphProto: {
      fields: {
        node: { rule: 'repeated', type: 'NodeProto', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'TensorProto', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfoProto', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfoProto', id: 12 },
      },
    },
    NodeProto: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'AttributeProto', id: 5 },
      },
    },
    AttributeProto: {
      fields: {
        name: { type: 'string', id: 1 },
        i: { type: 'int64', id: 3 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    TensorProto: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfoProto: {
      fields: { name: { type: 'string', id: 1 }, type: { type: 'TypeProto', id: 2 } },
    },
    TypeProto: {
      fields: { tensorType: { type: 'TensorTypeProto', id: 1 } },
    },
    TensorTypeProto: {
      fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'TensorShapeProto', id: 2 } },
    },
    TensorShapeProto: {
      fields: { dim: { rule: 'repeated', type: 'DimensionProto', id: 1 } },
    },
    DimensionProto: {
      fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } },
    },
  },
});

const modelProto = root.lookupType('ModelProto');

/** `DataType.FLOAT` of TensorProto. */
export const FLOAT32 = 1;

/** `AttributeType` of AttributeProto. */
export const ATTRIBUTE = { INT: 2, INTS: 7 } as const;

export interface OnnxAttribute {
  name: string;
  type: number;
  i?: number;
  ints?: readonly number[];
}

export interface OnnxNode {
  name: string;
  opType: string;
  input: readonly string[];
  output: readonly string[];
  attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  name: string;
  dims: readonly number[];
  dataType: typeof FLOAT32;
  /** Little-endian values. */
  rawData: Uint8Array;
}

export interface OnnxValueInfo {
  name: string;
  type: {
    tensorType: {
      elemType: typeof FLOAT32;
      shape: { dim: readonly ({ dimValue: number } | { dimParam: string })[] };
    };
  };
}

export interface OnnxModel {
  irVersion: number;
  producerName: string;
  opsetImport: readonly { domain: string; version: number }[];
  metadataProps: readonly { key: string; value: string }[];
  graph: {
    name: string;
    node: readonly OnnxNode[];
    initializer: readonly OnnxTensor[];
    input: readonly OnnxValueInfo[];
    output: readonly OnnxValueInfo[];
  };
}

/** The bytes of an `.onnx` file. */
export function encodeModel(model: OnnxModel): Uint8Array {
  return modelProto.encode(model).finish();
}

/** The part of an `.onnx` file that names things; operators and types beyond {@link encodeModel}'s are passed over. */
export interface OnnxNames {
  readonly nodes: readonly { readonly output: readonly string[] }[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the names in an `.onnx` file.
 * @throws Error when the bytes are no protocol buffer
 */
export function readNames(bytes: Uint8Array): OnnxNames {
  const { graph, metadataProps } = modelProto.decode(bytes) as unknown as Partial<OnnxModel>;
  return {
    nodes: graph?.node ?? [],
    metadata: Object.fromEntries((metadataProps ?? []).map(({ key, value }) => [key, value])),
  };
}

/**
 * The same file with one more output. A protocol buffer's parts merge, so that what is appended is added; nothing of a file that
 * has more in it than is known here gets lost.
 */
export function withOutput(bytes: Uint8Array, name: string): Uint8Array {
  return Buffer.concat([bytes, modelProto.encode({ graph: { output: [{ name }] } }).finish()]);
}
