export { instantiateWasm, type WasmModule } from './instantiate-wasm.js';
export { placeArrays } from './place-arrays.js';
