import type { FinetuneResult } from '@plateau/features';
import { epochChart, escapeHtml, htmlPage, htmlTable, renderSvg } from '@plateau/scorecard';
import { percent } from './finetune-table.js';

/** The report of a fine-tuning as an HTML page that needs no other file: accuracies, training curve, confusion matrix. */
export async function finetuneReport(data: string, result: FinetuneResult): Promise<string> {
  const { classes, confusion, trainAccuracy, testAccuracy, images, history, weightsSha256 } = result;
  const title = `InceptionV3 fine-tuned on ${data}`;
  const rows = confusion.map((row, i) => [classes[i]!, ...row.map(String)]);
  const points = history.flatMap(({ epoch, loss, validationLoss }) => [
    { epoch, value: loss, series: 'training' },
    { epoch, value: validationLoss, series: 'validation' },
  ]);
  const best = history.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  const chart = epochChart(points, { title: 'loss', subtitle: `lowest of the validation at epoch ${best.epoch}` });
  const body = `<h1>${escapeHtml(title)}</h1>
<p>${percent(trainAccuracy)} of ${images.train + images.validation} training images and ${percent(testAccuracy)} of ${images.test} test images
are told right.</p>
<p class="soft">Weights: SHA-256 ${escapeHtml(weightsSha256)}</p>
<h2>Training</h2>
<div class="card">${await renderSvg(chart)}</div>
<h2>Test images</h2>
<p>Rows: the class of an image. Columns: the class it was taken for.</p>
${htmlTable(['', ...classes], rows)}`;
  return htmlPage(title, body);
}
