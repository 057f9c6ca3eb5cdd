export { multiplyPacked, packRows32, packRows64 } from './product';
export { tridiagonalize } from './tridiagonal';
export { bidiagonalize } from './bidiagonal';

/** First byte that the module does not use itself. */
export const heapBase: usize = __heap_base;
