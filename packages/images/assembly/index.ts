export { resizeColumns, resizeRows } from './resize';

/** First byte that the module does not use itself. */
export const heapBase: usize = __heap_base;
