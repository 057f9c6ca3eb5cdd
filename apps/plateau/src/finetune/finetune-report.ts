import type { EpochRecord, FinetuneResult } from '@plateau/features';
import { percent } from './finetune-table.js';

const [WIDTH, HEIGHT] = [560, 220];

/** The report of a fine-tuning: accuracies, training curve, confusion matrix; one HTML file without anything from elsewhere. */
export function finetuneReport(data: string, result: FinetuneResult): string {
  const { classes, confusion, trainAccuracy, testAccuracy, images, history, weightsSha256 } = result;
  const title = `InceptionV3 fine-tuned on ${escape(data)}`;
  const header = classes.map((name) => `<th>${escape(name)}</th>`).join('');
  const rows = confusion.map((row, i) => `<tr><th>${escape(classes[i]!)}</th>${row.map(cell(row)).join('')}</tr>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
td, th { padding: 0.25rem 0.6rem; text-align: right; font-weight: normal; }
polyline { fill: none; stroke-width: 2; }
</style>
<h1>${title}</h1>
<p>${percent(trainAccuracy)} of ${images.train + images.validation} training images and ${percent(testAccuracy)} of ${images.test} test images
are told right. Weights: SHA-256 ${weightsSha256}.</p>
<h2>Training</h2>
${curve(history)}
<h2>Test images</h2>
<p>Rows: the class of an image. Columns: the class it was taken for.</p>
<table><tr><th></th>${header}</tr>
${rows.join('\n')}
</table>
</html>
`;
}

function cell(row: readonly number[]): (count: number) => string {
  const total = row.reduce((sum, count) => sum + count, 0);
  return (count) =>
    `<td style="background: rgb(70 130 180 / ${total === 0 ? 0 : (0.7 * count) / total})">${count}</td>`;
}

/** Loss by epoch: of training, and of the images kept aside. */
function curve(history: readonly EpochRecord[]): string {
  const greatest = Math.max(...history.flatMap(({ loss, validationLoss }) => [loss, validationLoss]), 1e-6);
  const points = (value: (record: EpochRecord) => number) =>
    history
      .map((record, i) => {
        const x = history.length === 1 ? WIDTH / 2 : (i * WIDTH) / (history.length - 1);
        return `${x.toFixed(1)},${(HEIGHT * (1 - value(record) / greatest)).toFixed(1)}`;
      })
      .join(' ');
  return `<svg viewBox="-10 -10 ${WIDTH + 20} ${HEIGHT + 20}" width="${WIDTH}" role="img" aria-label="loss by epoch">
<line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}" stroke="#999"/>
<polyline stroke="#4682b4" points="${points(({ loss }) => loss)}"/>
<polyline stroke="#d2691e" points="${points(({ validationLoss }) => validationLoss)}"/>
</svg>
<p>Loss by epoch, from 0 to ${greatest.toFixed(3)}: training in blue, validation in orange.</p>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
