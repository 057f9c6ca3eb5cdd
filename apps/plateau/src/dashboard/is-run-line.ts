import type { RunLine } from '../monitor/run-event.js';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const table =
  (check: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(check);
const object =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    table(() => true)(value) &&
    Object.entries(checks).every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));

const time: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const points = list((point) => list(number)(point) && (point as unknown[]).length === 2);
const score = object({
  metric: text,
  value: number,
  standardError: optional(number),
  interval: optional((value) => list(number)(value) && (value as unknown[]).length === 2),
  n: object({ reference: number, generated: number }),
  direction: text,
  protocol: object({
    params: table(() => true),
    extractor: optional(extractor),
    preprocessing: optional(preprocessing),
  }),
  warnings: list(text),
});
const checkpoint = object({
  epoch: number,
  directory: text,
  metric: text,
  value: number,
  standardError: optional(number),
});
const signal = object({ value: number, reference: optional(number), share: optional(number), alarming: flag });

function extractor(value: unknown): boolean {
  return object({ id: text, layer: text, weightsSha256: text })(value);
}

function preprocessing(value: unknown): boolean {
  return object({ resize: text, valueRange: list(number) })(value);
}

const lines: Readonly<Record<RunLine['event'], Check>> = {
  start: object({
    title: text,
    time,
    samples: number,
    reference: object({ id: text, count: number, sheet: optional(text), projection: points }),
    floor: list(score),
  }),
  epoch: object({
    epoch: (value) => Number.isInteger(value),
    seconds: number,
    logs: table(number),
    scores: list(score),
    suspicion: optional(text),
    best: flag,
    checkpoints: list(checkpoint),
    projection: points,
    cells: optional(table(number)),
    sheet: optional(text),
    collapse: optional(
      object({
        signals: table(signal),
        logEvidence: number,
        alpha: number,
        looks: optional(text),
        sentence: optional(text),
      }),
    ),
  }),
  skipped: object({ epoch: number, reason: text }),
  warning: object({ message: text }),
  end: object({ outcome: object({ kind: text, sentence: text }), best: optional(checkpoint) }),
};

/** Whether something that was read is a line of a run's log, with all that a page shows of it. */
export function isRunLine(value: unknown): value is RunLine {
  const event = (value as { readonly event?: unknown } | null)?.event;
  return typeof event === 'string' && Object.hasOwn(lines, event) && lines[event as RunLine['event']](value);
}
