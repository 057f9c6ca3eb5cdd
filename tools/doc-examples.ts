import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One `expression // => value` of a doc comment. */
export interface DocExample {
  /** File and line. */
  readonly at: string;
  readonly expression: string;
  /** As written: may be cut short by `…`. */
  readonly expected: string;
}

/** Finds the one-line examples in the doc comments of a package's sources. */
export function findDocExamples(sources: string): DocExample[] {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(sources, name), 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const found = /^\s*\* @example (.+?) \/\/ => (.+)$/.exec(line.replace(/ \*\/$/, ''));
          return found ? [{ at: `${name}:${index + 1}`, expression: found[1], expected: found[2].trim() }] : [];
        }),
    );
}

/** Evaluates an example with the given names in scope. */
export function evaluate(expression: string, scope: Readonly<Record<string, unknown>>): unknown {
  return new Function(...Object.keys(scope), `return (${expression})`)(...Object.values(scope));
}

/** Compares a value with what an example says of it, numbers to 12 digits. */
export function agrees(value: unknown, expected: string): boolean {
  const text = write(value);
  const stem = expected
    .replace(/^\w+Array /, '')
    .replace(/\s+/g, '')
    .replace(/-?\d+\.\d+(e-?\d+)?/g, (digits) => write(Number(digits)));
  return stem.includes('…') ? text.startsWith(stem.slice(0, stem.indexOf('…')).replace(/,$/, '')) : text === stem;
}

function write(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(12)));
  if (typeof value === 'string') return `'${value}'`;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return `[${Array.from(value as number[], write).join(',')}]`;
  if (value instanceof Map) return `Map{${[...value].map(([k, v]) => `${write(k)}=>${write(v)}`).join(',')}}`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([k, v]) => `${k}:${write(v)}`)
      .join(',')}}`;
  }
  return String(value);
}
