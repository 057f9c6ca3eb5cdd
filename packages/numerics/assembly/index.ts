export { multiplyPacked, packColumns32, packColumns64, packRows32, packRows64 } from './product';
export { tridiagonalize } from './tridiagonal';
export { factorPanel } from './panel';
export { bidiagonalizeBand } from './band';

/** First byte that the module does not use itself. */
export const heapBase: usize = __heap_base;
export { multiplySingle, packSingle } from './screening';
