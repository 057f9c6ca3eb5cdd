import type { FinetuneResult } from '@plateau/features';

/** What came out of a fine-tuning, as text. */
export function finetuneTable(result: FinetuneResult): string {
  const { classes, confusion, trainAccuracy, testAccuracy, images, weightsPath, onnxPath } = result;
  const width = Math.max(...classes.map((name) => name.length), 4) + 2;
  const cells = (row: readonly (string | number)[]) => row.map((cell) => String(cell).padStart(width)).join('');
  return [
    `right: ${percent(trainAccuracy)} of ${images.train + images.validation} training images, ${percent(testAccuracy)} of ${images.test} test images`,
    '',
    'test images (rows) by the class they were taken for (columns)',
    cells(['', ...classes]),
    ...confusion.map((row, i) => cells([classes[i]!, ...row])),
    '',
    `extractor: ${weightsPath}`,
    `for other runtimes: ${onnxPath}`,
  ].join('\n');
}

/** A share as a percentage; `–` where there was nothing. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(100 * share).toFixed(2)} %`;
}
