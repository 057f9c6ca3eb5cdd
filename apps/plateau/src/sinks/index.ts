export * from './console-sink.js';
export * from './csv-sink.js';
export * from './dashboard-sink.js';
export * from './tensorboard-sink.js';
export * from './tracker-sinks.js';
