import { InvalidArgumentError } from 'commander';

/** Parses a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
    }
    return value;
  };
}

/** Parses `a,b,c`. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Parses `{"kid":{"subsetSize":250}}`. */
export function metricOptions(text: string): Record<string, Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Expected JSON such as {"kid":{"subsetSize":250}}.');
  }
  const isObject = (thing: unknown) => typeof thing === 'object' && thing !== null && !Array.isArray(thing);
  if (!isObject(value) || !Object.values(value as object).every(isObject)) {
    throw new InvalidArgumentError('Expected an object of objects such as {"kid":{"subsetSize":250}}.');
  }
  return value as Record<string, Record<string, unknown>>;
}
