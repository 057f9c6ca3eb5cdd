import type { ModelReader, ModelReading } from './model-reader.js';

/** A model's reading, or why there is none. */
export type ReadModelResult = { readonly reading: ModelReading } | { readonly failed: Error };

/**
 * Reads models with several readers at a time and yields the results in the order of the models. A reader is at most as far
 * ahead as there are readers: results that wait are few.
 */
export async function* readModels(
  directories: readonly string[],
  readers: readonly ModelReader[],
): AsyncGenerator<ReadModelResult> {
  const free = [...readers];
  const waiting: Promise<ReadModelResult>[] = [];
  let next = 0;
  const begin = (): void => {
    while (free.length > 0 && waiting.length < readers.length && next < directories.length) {
      const reader = free.pop()!;
      const directory = directories[next++]!;
      waiting.push(
        reader
          .read(directory)
          .then(
            (reading): ReadModelResult => ({ reading }),
            (failed: Error): ReadModelResult => ({ failed }),
          )
          .finally(() => free.push(reader)),
      );
    }
  };
  for (begin(); waiting.length > 0; begin()) yield await waiting.shift()!;
}
