export { blurColumns, blurRows } from './blur';
export { columnDistances, rowDistances } from './distance';
export { columnLabels, rowLabels } from './nearest-label';

/** First byte that the module does not use itself. */
export const heapBase: usize = __heap_base;
