import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { agrees, evaluate, findDocExamples } from '../../../tools/doc-examples.js';
import * as numerics from '../src/index.js';

const examples = findDocExamples(fileURLToPath(new URL('../src', import.meta.url)));

test.each(examples)('$at: $expression', ({ expression, expected }) => {
  const value = evaluate(expression, { ...numerics });
  expect(agrees(value, expected), `gives ${JSON.stringify(value)}, the comment says ${expected}`).toBe(true);
});
