/** How an element type of `.npy` is read: its bytes, and the number at a byte offset. */
export interface ElementType {
  readonly bytes: number;
  /** Whether float32 holds every value exactly. */
  readonly single: boolean;
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
}

/** By kind and size as in numpy's type strings, without the byte order. */
export const elementTypes: Readonly<Record<string, ElementType>> = {
  f2: { bytes: 2, single: true, read: (view, offset, little) => halfToNumber(view.getUint16(offset, little)) },
  f4: { bytes: 4, single: true, read: (view, offset, little) => view.getFloat32(offset, little) },
  f8: { bytes: 8, single: false, read: (view, offset, little) => view.getFloat64(offset, little) },
  b1: { bytes: 1, single: true, read: (view, offset) => view.getUint8(offset) },
  i1: { bytes: 1, single: true, read: (view, offset) => view.getInt8(offset) },
  u1: { bytes: 1, single: true, read: (view, offset) => view.getUint8(offset) },
  i2: { bytes: 2, single: true, read: (view, offset, little) => view.getInt16(offset, little) },
  u2: { bytes: 2, single: true, read: (view, offset, little) => view.getUint16(offset, little) },
  i4: { bytes: 4, single: false, read: (view, offset, little) => view.getInt32(offset, little) },
  u4: { bytes: 4, single: false, read: (view, offset, little) => view.getUint32(offset, little) },
  i8: { bytes: 8, single: false, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  u8: { bytes: 8, single: false, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
};

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
