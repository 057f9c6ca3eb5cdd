import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageHeader } from '@plateau/images';
import { appendWholeToFile } from '../monitor/append-whole.js';
import type { EpochSamples, MonitorSink, RunStart, ScoredEpoch } from '../monitor/run-event.js';
import { summaryEvent, versionEvent, type EncodedImage, type Summary } from './tensorboard/event.js';
import { histogramOf } from './tensorboard/histogram.js';
import { tfRecord } from './tensorboard/tf-record.js';

/** Where event files go. */
export interface TensorBoardSinkOptions {
  /** Default: `tensorboard` in the run's folder. */
  readonly directory?: string;
}

/**
 * Writes event files that TensorBoard reads: losses, scores with their floor, cells and collapse evidence as scalars, the
 * contact sheets as images, pixel values and features of the samples as histograms. `tensorboard --logdir run/tensorboard`.
 *
 * Each run has a folder of its own in the directory, named by its time; a resumed run goes on in the newest.
 * @example createMonitor({ …, sinks: [tensorBoardSink()] })
 */
export function tensorBoardSink({ directory }: TensorBoardSinkOptions = {}): MonitorSink {
  let file: string | undefined;
  let floor: Record<string, number> = {};
  const append = (event: Uint8Array) => appendWholeToFile(file!, tfRecord(event));
  return {
    name: 'TensorBoard',
    start(run, { directory: runDirectory, sheet }) {
      const parent = directory ?? (runDirectory === undefined ? undefined : join(runDirectory, 'tensorboard'));
      if (parent === undefined) {
        throw new RangeError(
          'the TensorBoard sink has no folder: give tensorBoardSink({ directory }) or createMonitor({ out })',
        );
      }
      const seconds = secondsOf(run.time);
      const folder = join(parent, folderName(parent, run));
      mkdirSync(folder, { recursive: true });
      file = join(folder, `events.out.tfevents.${Math.floor(seconds)}.plateau.${process.pid}`);
      floor = Object.fromEntries(run.floor.map(({ metric, value }) => [`floor/${metric}`, value]));
      writeFileSync(file, tfRecord(versionEvent(seconds)));
      if (run.resumedFrom === undefined) append(summaryEvent(seconds, 0, { images: { reference: encoded(sheet) } }));
    },
    epoch(record, samples) {
      if (file === undefined) return;
      append(summaryEvent(secondsOf(record.time), record.epoch, summaryOf(record, samples, floor)));
    },
  };
}

function folderName(parent: string, { time, resumedFrom }: RunStart): string {
  const newest = resumedFrom !== undefined && existsSync(parent) ? readdirSync(parent).sort().at(-1) : undefined;
  return newest ?? time.replace(/[:.]/g, '-');
}

function summaryOf(record: ScoredEpoch, samples: EpochSamples, floor: Record<string, number>): Summary {
  const { logs, scores, cells = {}, collapse } = record;
  const pixels = histogramOf(samples.images.data);
  const features = histogramOf(samples.features.data);
  return {
    scalars: {
      ...under('training', logs),
      ...Object.fromEntries(scores.map(({ metric, value }) => [`scores/${metric}`, value])),
      ...floor,
      ...under('cells', cells),
      ...(collapse && Number.isFinite(collapse.logEvidence) ? { 'collapse/log evidence': collapse.logEvidence } : {}),
    },
    images: { samples: encoded(samples.sheet) },
    histograms: {
      ...(pixels ? { 'samples/pixels': pixels } : {}),
      ...(features ? { 'samples/features': features } : {}),
    },
  };
}

function under(group: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${group}/${name}`, value]));
}

function encoded(png: Uint8Array): EncodedImage {
  const { width, height } = imageHeader(png);
  return { width, height, png };
}

function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}
