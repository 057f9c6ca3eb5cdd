import type { FinetuneResult } from '@plateau/features';
import { expect, test } from 'vitest';
import { finetuneReport } from '../src/finetune/finetune-report.js';
import { finetuneTable, percent } from '../src/finetune/finetune-table.js';

const result: FinetuneResult = {
  classes: ['graphene', 'a<b'],
  images: { train: 6, validation: 2, test: 4 },
  trainAccuracy: 1,
  testAccuracy: 0.75,
  confusion: [
    [2, 0],
    [1, 1],
  ],
  history: [
    { epoch: 1, loss: 0.5, validationLoss: 0.4, validationAccuracy: 1, seconds: 2 },
    { epoch: 2, loss: 0.25, validationLoss: 0.5, validationAccuracy: 0.5, seconds: 2 },
  ],
  backend: 'wasm',
  weightsPath: 'out/finetuned.safetensors',
  onnxPath: 'out/finetuned.onnx',
  weightsSha256: 'abc',
};

test('the table has the accuracies and a row for each class', () => {
  const lines = finetuneTable(result).split('\n');
  expect(lines[0]).toBe('right: 100.00 % of 8 training images, 75.00 % of 4 test images');
  expect(lines.slice(3, 6).map((line) => line.trim().split(/\s+/))).toEqual([
    ['graphene', 'a<b'],
    ['graphene', '2', '0'],
    ['a<b', '1', '1'],
  ]);
});

test('a share of nothing is a dash', () => {
  expect(percent(NaN)).toBe('–');
});

test('the report has the confusion matrix, both curves and escaped names', async () => {
  const html = await finetuneReport('steel & more', result);
  expect(html).toContain('steel &#38; more');
  expect(html).toContain('<tr><td>a&#60;b</td><td>1</td><td>1</td></tr>');
  // Two curves of two points each.
  expect(html.match(/aria-roledescription="line mark"/g)).toHaveLength(2);
  expect(html.match(/aria-roledescription="circle"/g)).toHaveLength(4);
  expect(html).toContain('lowest of the validation at epoch 1');
});

test('a training of one epoch is reported, too', async () => {
  const html = await finetuneReport('steel', { ...result, history: result.history.slice(0, 1) });
  expect(html.match(/aria-roledescription="circle"/g)).toHaveLength(2);
});
