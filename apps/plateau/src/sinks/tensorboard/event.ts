import type { Histogram } from './histogram.js';
import { bytesField, doubleField, doublesField, floatField, joined, textField, varintField } from './protobuf.js';

/** A PNG and its size. */
export interface EncodedImage {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** What TensorBoard shows of one step, by tag. */
export interface Summary {
  readonly scalars?: Readonly<Record<string, number>>;
  readonly images?: Readonly<Record<string, EncodedImage>>;
  readonly histograms?: Readonly<Record<string, Histogram>>;
}

/** The first event of a file: the version of its format. `wallTime` in seconds since 1970. */
export function versionEvent(wallTime: number): Uint8Array {
  return joined([doubleField(1, wallTime), textField(3, 'brain.Event:2')]);
}

/** A `tensorflow.Event` with the summary of one step (tensorflow/core/util/event.proto and framework/summary.proto). */
export function summaryEvent(wallTime: number, step: number, summary: Summary): Uint8Array {
  const { scalars = {}, images = {}, histograms = {} } = summary;
  const values = [
    ...Object.entries(scalars).map(([tag, value]) => taggedValue(tag, floatField(2, value))),
    ...Object.entries(images).map(([tag, image]) => taggedValue(tag, bytesField(4, [imageMessage(image)]))),
    ...Object.entries(histograms).map(([tag, one]) => taggedValue(tag, bytesField(5, [histogramMessage(one)]))),
  ];
  return joined([doubleField(1, wallTime), varintField(2, step), bytesField(5, values)]);
}

function taggedValue(tag: string, value: Uint8Array): Uint8Array {
  return bytesField(1, [textField(1, tag), value]);
}

function imageMessage({ width, height, png }: EncodedImage): Uint8Array {
  return joined([varintField(1, height), varintField(2, width), bytesField(4, [png])]);
}

function histogramMessage({ min, max, count, sum, sumOfSquares, limits, counts }: Histogram): Uint8Array {
  return joined([
    doubleField(1, min),
    doubleField(2, max),
    doubleField(3, count),
    doubleField(4, sum),
    doubleField(5, sumOfSquares),
    doublesField(6, limits),
    doublesField(7, counts),
  ]);
}
