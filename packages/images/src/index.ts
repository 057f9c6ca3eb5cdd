export * from './image-batch.js';
export * from './image-source.js';
