import type { Matrix } from '../matrix.js';
import { MAGIC } from './npy-header.js';
import type { NpyArray } from './read-npy.js';

/** The header, magic included, is padded to a multiple of this, as the format asks. */
const ALIGNMENT = 64;

/**
 * The bytes of an `.npy` file (format 1.0, little-endian, C order) that `numpy.load` reads.
 * @param array a matrix, or data with a shape
 * @throws RangeError when the data does not fill the shape
 */
export function writeNpy(array: Matrix | NpyArray): Uint8Array {
  const shape = 'shape' in array ? array.shape : [array.rows, array.cols];
  const count = shape.reduce((product, length) => product * length, 1);
  if (count !== array.data.length) {
    throw new RangeError(`shape (${shape.join(', ')}) holds ${count} elements, the data ${array.data.length}`);
  }
  const single = array.data instanceof Float32Array;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${single ? '<f4' : '<f8'}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const prefix = MAGIC.length + 4;
  const headerLength = Math.ceil((prefix + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT - prefix;
  const width = single ? 4 : 8;
  const bytes = new Uint8Array(prefix + headerLength + count * width);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes.set([1, 0], MAGIC.length);
  view.setUint16(prefix - 2, headerLength, true);
  bytes.set(new TextEncoder().encode(dictionary.padEnd(headerLength - 1) + '\n'), prefix);
  const start = prefix + headerLength;
  for (let i = 0; i < count; i++) {
    if (single) view.setFloat32(start + i * 4, array.data[i], true);
    else view.setFloat64(start + i * 8, array.data[i], true);
  }
  return bytes;
}
