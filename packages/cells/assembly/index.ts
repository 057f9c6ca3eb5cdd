export { blurColumns, blurRows } from './blur';
export { columnDistances, rowDistances } from './distance';
export { flood } from './flood';
export { columnLabels, rowLabels } from './nearest-label';

/** First byte that the module does not use itself. */
export const heapBase: usize = __heap_base;
