export * from './callback.js';
export type { BestRecord } from './monitor/best-checkpoint.js';
export type { CollapseOptions, DiversitySignals } from './monitor/collapse-detector.js';
export * from './monitor/create-monitor.js';
export * from './monitor/load-layers-model.js';
export type { EpochReport, Monitor, RunSummary } from './monitor/monitor.js';
export * from './monitor/monitor-options.js';
export type * from './monitor/run-event.js';
export * from './monitor/sampler.js';
