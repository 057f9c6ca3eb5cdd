import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as numerics from '@plateau/numerics';
import { agrees, evaluate, findDocExamples } from '../../../tools/doc-examples.js';
import { solveAssignment } from '../src/assignment.js';
import * as fidelity from '../src/index.js';
import { normalBelow, normalQuantile } from '../src/standard-normal.js';
import { normals } from './make-features.js';

const examples = findDocExamples(fileURLToPath(new URL('../src', import.meta.url)));

// What the examples call x: any features with more rows than neighbours asked for.
const [x] = normals(0, [60, 4]);
const scope = { ...numerics, ...fidelity, solveAssignment, normalBelow, normalQuantile, x };

test.each(examples)('$at: $expression', ({ expression, expected }) => {
  const value = evaluate(expression, scope);
  expect(agrees(value, expected), `gives ${JSON.stringify(value)}, the comment says ${expected}`).toBe(true);
});
