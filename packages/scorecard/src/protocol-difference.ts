import type { Protocol, Score } from './score.js';

/**
 * What makes two scores incomparable, in words; undefined when they may stand side by side.
 *
 * Sample counts and seeds may differ between comparable scores: the score itself shows `n`.
 * @example protocolDifference(a, a) // => undefined
 */
export function protocolDifference(a: Score, b: Score): string | undefined {
  const differences: string[] = [];
  if (a.metric !== b.metric) differences.push(`metric ${a.metric} ≠ ${b.metric}`);
  const left = comparableParts(a.protocol);
  const right = comparableParts(b.protocol);
  for (const [name, value] of Object.entries(left)) {
    if (value !== right[name]) differences.push(`${name} ${value} ≠ ${right[name]}`);
  }
  return differences.length > 0 ? differences.join('; ') : undefined;
}

function comparableParts({ extractor, preprocessing, params }: Protocol): Record<string, string> {
  return {
    extractor: extractor?.id ?? 'none',
    layer: extractor?.layer ?? 'none',
    'weights sha256': extractor?.weightsSha256 ?? 'none',
    resize: preprocessing?.resize ?? 'none',
    params: JSON.stringify(Object.fromEntries(Object.entries(params).sort(([x], [y]) => (x < y ? -1 : 1)))),
  };
}
