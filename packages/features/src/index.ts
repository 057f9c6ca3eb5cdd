export * from './feature-extractor.js';
