import { describe, expect, it } from 'vitest';
import { protocolDifference, type Protocol, type Score } from '../src/index.js';

const extractor = { id: 'inception-v3/bundled', layer: 'pool', weightsSha256: 'aa' };

function score(protocol: Partial<Protocol> = {}, metric = 'kid'): Score {
  return {
    metric,
    value: 1,
    n: { reference: 10, generated: 10 },
    direction: 'lower',
    protocol: { extractor, params: { subsetSize: 10, subsets: 100 }, seed: 1, ...protocol },
    warnings: [],
  };
}

describe('protocolDifference', () => {
  it('lets scores stand side by side whose seeds and option order differ', () => {
    expect(protocolDifference(score(), score({ seed: 2, params: { subsets: 100, subsetSize: 10 } }))).toBeUndefined();
  });

  it.each<[Score, string]>([
    [score({}, 'fid'), 'metric kid ≠ fid'],
    [score({ extractor: { ...extractor, weightsSha256: 'bb' } }), 'weights sha256 aa ≠ bb'],
    [
      score({ extractor: undefined }),
      'extractor inception-v3/bundled ≠ none; layer pool ≠ none; weights sha256 aa ≠ none',
    ],
    [score({ preprocessing: { resize: 'clean', valueRange: [0, 255] } }), 'resize none ≠ clean'],
    [
      score({ params: { subsetSize: 10, subsets: 50 } }),
      'params {"subsetSize":10,"subsets":100} ≠ {"subsetSize":10,"subsets":50}',
    ],
  ])('names what differs', (other, words) => {
    expect(protocolDifference(score(), other)).toBe(words);
  });
});
