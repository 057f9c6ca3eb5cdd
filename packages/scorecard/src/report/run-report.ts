import { formatValue } from '../format-value.js';
import { metricDefinition } from '../metrics/registry.js';
import type { Score } from '../score.js';
import { epochChart } from './epoch-chart.js';
import { escapeHtml, htmlPage, htmlTable, inlinePng } from './page.js';
import { protocolSection } from './protocol-section.js';
import { renderSvg } from './render-svg.js';
import type { EpochRecord, RunRecord } from './run-record.js';

/** The report of a training run: one HTML page with its curves, samples and decisions, complete in itself. */
export async function runReport(run: RunRecord): Promise<string> {
  const last = run.epochs.at(-1);
  const body = [
    `<h1>${escapeHtml(run.title)}</h1>`,
    `<p class="soft">${escapeHtml(summary(run))}</p>`,
    `<div class="verdict ${run.outcome.kind}"><strong>${escapeHtml(run.outcome.sentence)}</strong>${bestLine(run)}</div>`,
    last ? `<h2>Scores</h2>${await curves(run)}${floorNote(run)}` : '',
    `<h2>Samples, epoch by epoch</h2><p class="soft">The same latents every time.</p>${sheets(run)}`,
    `<h2>What was decided, and why</h2>${decisions(run)}`,
    last ? `<h2>Numbers</h2>${numbers(run)}` : '',
    last ? protocolSection(last.scores) : '',
  ];
  return htmlPage(run.title, body.join('\n'));
}

function summary({ started, epochs, reference, generatedCount }: RunRecord): string {
  const when = started.toISOString().slice(0, 16).replace('T', ' ');
  return `${when} UTC · ${epochs.length} scored epochs · ${generatedCount} samples against ${reference.count} reference images (${reference.id})`;
}

function bestLine({ best }: RunRecord): string {
  if (!best) return '';
  const where = `kept in <code>${escapeHtml(best.checkpoint)}</code>`;
  return `<p>Best epoch: ${best.epoch} (${escapeHtml(best.metric)} ${formatValue(best.value)}), ${where}.</p>`;
}

async function curves(run: RunRecord): Promise<string> {
  const cards: string[] = [];
  const specs: object[] = [];
  const add = async (spec: ReturnType<typeof epochChart>) => {
    specs.push(spec);
    cards.push(`<div class="card">${await renderSvg(spec)}</div>`);
  };
  for (const { metric, direction } of run.epochs[0].scores) {
    const points = run.epochs.flatMap(({ epoch, scores }) => {
      const score = find(scores, metric);
      return score ? [{ epoch, value: score.value, error: score.standardError }] : [];
    });
    await add(
      epochChart(points, {
        title: metricDefinition(metric).label,
        subtitle: direction === 'none' ? '' : `${direction} is better`,
        floor: find(run.floor, metric)?.value,
        best: run.best?.epoch,
      }),
    );
  }
  const logs = run.epochs.flatMap(({ epoch, logs }) =>
    Object.entries(logs).map(([series, value]) => ({ epoch, value, series })),
  );
  if (logs.length > 0) await add(epochChart(logs, { title: 'Training log' }));
  const data = JSON.stringify(specs).replace(/</g, '\\u003c');
  return `<div class="cards">${cards.join('\n')}</div><script type="application/json" id="vega-lite">${data}</script>`;
}

function floorNote({ floor }: RunRecord): string {
  if (floor.length === 0) return '';
  const { reference, generated } = floor[0].n;
  return `<p class="soft">Dashed: the reference against itself, ${reference} images against ${generated} others. A green ring marks the best epoch.</p>`;
}

function sheets({ reference, epochs, best }: RunRecord): string {
  const cards = epochs
    .filter(({ sheet }) => sheet !== undefined)
    .map((record) => {
      const mark = record.epoch === best?.epoch ? ' best' : record.suspicion ? ' low' : '';
      return card(`Epoch ${record.epoch}${record.epoch === best?.epoch ? ' · best' : ''}`, record.sheet!, mark);
    });
  if (reference.sheet) cards.unshift(card('Reference', reference.sheet, ''));
  return `<div class="cards">${cards.join('\n')}</div>`;
}

function card(title: string, png: Uint8Array, mark: string): string {
  return `<div class="card${mark}"><h3>${escapeHtml(title)}</h3>${inlinePng(png, title)}</div>`;
}

function decisions(run: RunRecord): string {
  const lines = run.epochs.flatMap((record) => [
    ...(record.best ? [`Epoch ${record.epoch}: best ${run.best?.metric ?? 'score'} so far, checkpoint kept.`] : []),
    ...(record.suspicion ? [`Epoch ${record.epoch}: looks collapsed: ${record.suspicion}.`] : []),
  ]);
  lines.push(run.outcome.sentence);
  return `<ol>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ol>`;
}

function numbers({ epochs, floor }: RunRecord): string {
  const metrics = epochs[0].scores.map(({ metric }) => metric);
  const logs = [...new Set(epochs.flatMap(({ logs }) => Object.keys(logs)))];
  const row = (name: string, scores: readonly Score[], logged: EpochRecord['logs'], seconds: string) => [
    name,
    ...metrics.map((metric) => scoreText(find(scores, metric))),
    ...logs.map((key) => (key in logged ? formatValue(logged[key]) : '–')),
    seconds,
  ];
  return htmlTable(
    ['epoch', ...metrics, ...logs, 'scoring, s'],
    [
      ...epochs.map(({ epoch, scores, logs: logged, seconds }) =>
        row(String(epoch), scores, logged, seconds.toFixed(1)),
      ),
      ...(floor.length > 0 ? [row('reference', floor, {}, '–')] : []),
    ],
  );
}

function scoreText(score: Score | undefined): string {
  if (!score) return '–';
  const error = score.standardError === undefined ? '' : ` ± ${formatValue(score.standardError)}`;
  return `${formatValue(score.value)}${error}`;
}

function find(scores: readonly Score[], metric: string): Score | undefined {
  return scores.find((score) => score.metric === metric);
}
