import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as numerics from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { agrees, evaluate, findDocExamples } from '../../../tools/doc-examples.js';
import * as api from '../src/index.js';
import { leverages } from '../src/frechet/leverages.js';
import { poweredWeights } from '../src/frechet/sample-weights.js';
import { studentQuantile } from '../src/resampling/student-quantile.js';
import { gaussianFeatures } from './gaussian-features.js';

const x = gaussianFeatures(120, [1, 1, 1], 1);
const scope = { ...numerics, ...api, leverages, poweredWeights, studentQuantile, x };

describe('examples in doc comments', () => {
  it.each(findDocExamples(join(import.meta.dirname, '../src')))('$at: $expression', ({ expression, expected }) => {
    const value = evaluate(expression, scope);
    expect(agrees(value, expected), `got ${JSON.stringify(value)}, expected ${expected}`).toBe(true);
  });
});

describe('the example of the README', () => {
  it('prints what is written below it', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const source = /```js\n([\s\S]*?)```/.exec(readme)![1];
    const printed: string[] = [];
    const body = source.replace(/^import .*$/gm, '');
    const run = new Function(...Object.keys(scope), 'console', body) as (...values: unknown[]) => void;
    run(...Object.values(scope), { log: (...words: unknown[]) => printed.push(words.join(' ')) });
    expect(printed).toEqual([/^\/\/ (.*)$/m.exec(source.slice(source.indexOf('console.log')))![1]]);
  });
});
