/** The wire format of protocol buffers, as far as TensorBoard's events need it. Each function writes one field. */

/** A whole number of at least 0. */
export function varintField(field: number, value: number): Uint8Array {
  return joined([varint(field << 3), varint(value)]);
}

/** A 64-bit float. */
export function doubleField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return joined([varint((field << 3) | 1), bytes]);
}

/** A 32-bit float. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([varint((field << 3) | 5), bytes]);
}

/** Bytes, or a message made of the fields that are given. */
export function bytesField(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  return joined([varint((field << 3) | 2), varint(body.length), body]);
}

/** Text in UTF-8. */
export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, [new TextEncoder().encode(text)]);
}

/** A list of 64-bit floats, packed. */
export function doublesField(field: number, values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return bytesField(field, [bytes]);
}

/** Parts one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}
