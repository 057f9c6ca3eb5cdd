import type { WasmModule } from './instantiate-wasm.js';

const PAGE = 65536;

/** Addresses, each a multiple of 16, of arrays of so many bytes that do not overlap; the memory grows as needed. */
export function placeArrays({ memory, heapBase }: WasmModule, sizes: readonly number[]): number[] {
  let next = align(heapBase.value);
  const addresses = sizes.map((bytes) => {
    const address = next;
    next += align(bytes);
    return address;
  });
  const missing = next - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return addresses;
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
