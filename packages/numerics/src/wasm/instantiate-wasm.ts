/** What every module of kernels exports. */
export interface WasmModule {
  readonly memory: WebAssembly.Memory;
  /** First byte that the module does not use itself. */
  readonly heapBase: WebAssembly.Global;
}

/**
 * Compiles and instantiates a module of a few kB, synchronously, which every browser allows on its main thread.
 * @param binary the module in base64
 * @returns undefined where WebAssembly or its SIMD instructions are missing
 */
export function instantiateWasm<Module extends WasmModule>(binary: string): Module | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Module;
}
