import { elementTypes } from './element-types.js';

/** What the header of an `.npy` file says. */
export interface NpyHeader {
  /** Kind and size without the byte order, a key of `elementTypes`. */
  readonly type: string;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly dataOffset: number;
}

/** `\x93NUMPY` */
export const MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads the header of an `.npy` file (format 1.0 to 3.0 of numpy's `numpy.lib.format`).
 * @throws RangeError when the bytes are not `.npy`, end within the header or hold elements that are not real numbers
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError(
      `not an .npy file: ${bytes.length} bytes that do not start with \\x93NUMPY; write it with numpy.save`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2;
  if (wide && bytes.length < 12) throw truncatedHeader(bytes.length);
  const start = wide ? 12 : 10;
  const dataOffset = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (bytes.length < dataOffset) throw truncatedHeader(bytes.length);
  return { ...parseDictionary(new TextDecoder().decode(bytes.subarray(start, dataOffset))), dataOffset };
}

function truncatedHeader(length: number): RangeError {
  return new RangeError(
    `the .npy file is truncated: its ${length} bytes end within the header; copy or write it again`,
  );
}

function parseDictionary(text: string): Omit<NpyHeader, 'dataOffset'> {
  const descriptor = /'descr':\s*'([<>|=]?)(\w+)'/.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  const shape = /'shape':\s*\(([\d\s,]*)\)/.exec(text);
  if (!order || !shape) throw new RangeError(`cannot read the .npy header ${text.trim()}: is the file damaged?`);
  if (!descriptor || !Object.hasOwn(elementTypes, descriptor[2])) {
    const found = /'descr':\s*('[^']*'|\[[^\]]*\])/.exec(text)?.[1] ?? 'nothing';
    throw new RangeError(
      `the .npy file holds elements of type ${found}: only real numbers can be read; save it with .astype('float32')`,
    );
  }
  return {
    type: descriptor[2],
    littleEndian: descriptor[1] !== '>',
    fortranOrder: order[1] === 'True',
    shape: shape[1]
      .split(',')
      .filter((length) => length.trim() !== '')
      .map(Number),
  };
}
