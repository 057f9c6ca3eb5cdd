import type { Matrix } from '../matrix.js';
import { elementTypes } from './element-types.js';
import { readNpyHeader, type NpyHeader } from './npy-header.js';

/** An array of any number of dimensions in row-major order. */
export interface NpyArray {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/**
 * Reads the bytes of an `.npy` file as written by `numpy.save`: floats of 16, 32 or 64 bits, integers and booleans, in
 * either byte order, in C or Fortran order. What float32 holds exactly becomes a Float32Array, the rest a Float64Array;
 * 64-bit integers beyond 2⁵³ are rounded.
 * @throws RangeError when the bytes are not `.npy`, are truncated or hold something other than real numbers
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const header = readNpyHeader(bytes);
  const count = header.shape.reduce((product, length) => product * length, 1);
  const expected = count * elementTypes[header.type].bytes;
  const actual = bytes.length - header.dataOffset;
  if (actual < expected) {
    throw new RangeError(
      `the .npy file is truncated: shape (${header.shape.join(', ')}) needs ${expected} bytes of data, got ${actual}; ` +
        'copy or write it again',
    );
  }
  const values = readValues(bytes, header, count);
  return {
    data: header.fortranOrder && header.shape.length > 1 ? toRowMajor(values, header.shape) : values,
    shape: header.shape,
  };
}

/**
 * Reads an `.npy` file that must hold a matrix: features are n×d, one image a row.
 * @throws RangeError as `readNpy` does, and when the array is not two-dimensional
 */
export function readNpyMatrix(bytes: Uint8Array): Matrix {
  const { data, shape } = readNpy(bytes);
  if (shape.length !== 2) {
    throw new RangeError(
      `the .npy file holds an array of shape (${shape.join(', ')}): a matrix of one row an image is needed; reshape it ` +
        'to (n, d)',
    );
  }
  return { data, rows: shape[0], cols: shape[1] };
}

function readValues(bytes: Uint8Array, header: NpyHeader, count: number): Float32Array | Float64Array {
  const type = elementTypes[header.type];
  const start = bytes.byteOffset + header.dataOffset;
  const values = type.single ? new Float32Array(count) : new Float64Array(count);
  if (header.littleEndian && (header.type === 'f4' || header.type === 'f8') && hostIsLittleEndian()) {
    new Uint8Array(values.buffer).set(new Uint8Array(bytes.buffer, start, count * type.bytes));
    return values;
  }
  const view = new DataView(bytes.buffer, start, count * type.bytes);
  for (let i = 0; i < count; i++) values[i] = type.read(view, i * type.bytes, header.littleEndian);
  return values;
}

function hostIsLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}

/** Fortran order runs through the first index fastest. */
function toRowMajor(values: Float32Array | Float64Array, shape: readonly number[]): Float32Array | Float64Array {
  const out = values.slice();
  const index = shape.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    let source = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) source = source * shape[axis] + index[axis];
    out[i] = values[source];
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return out;
}
