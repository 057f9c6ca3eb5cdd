import { formatValue } from '../format-value.js';
import type { Score } from '../score.js';
import { escapeHtml, htmlTable, pictureElement } from './page.js';
import { protocolSection } from './protocol-section.js';
import { renderSvg } from './render-svg.js';
import { metricsOf, runPlots, type RunPlot } from './run-plots.js';
import type { EpochRecord, Picture, RunRecord } from './run-record.js';

/** A part of the page of a run. `html` is empty where the run has nothing to show there. */
export interface RunSection {
  readonly id: string;
  readonly html: string;
}

/** What a page adds to the parts. */
export interface RunSectionsOptions {
  /** The address of a picture of an epoch's samples in the plane, for pages that are served. */
  readonly projectionAddress?: (epoch: number) => string;
}

/** Sheets that are printed of a run, the best and the last beside them. */
const mostOnPaper = 12;

/**
 * The parts of the page of a run, in their order: the same for the report, which joins them, and the dashboard, which
 * replaces those that have changed.
 */
export async function runSections(run: RunRecord, options: RunSectionsOptions = {}): Promise<RunSection[]> {
  const plots = runPlots(run);
  const drawn = async (group: RunPlot['group']) => plotCards(plots.filter((plot) => plot.group === group));
  const last = run.epochs.at(-1);
  return [
    { id: 'summary', html: summary(run) },
    { id: 'scores', html: last ? `<h2>Scores</h2>${await drawn('scores')}${floorNote(run)}` : noEpochYet(run) },
    { id: 'samples', html: samples(run, options) },
    { id: 'projection', html: under('Where the samples lie', await drawn('projection')) },
    { id: 'evidence', html: under('Is the generator failing?', `${await drawn('evidence')}${signals(last)}`) },
    { id: 'cells', html: under('Cells', `${overlays(run)}${await drawn('cells')}`) },
    { id: 'checkpoints', html: under('Checkpoints', checkpoints(last)) },
    { id: 'decisions', html: `<h2>What was decided, and why</h2>${decisions(run)}` },
    { id: 'numbers', html: last ? `<h2>Numbers</h2>${numbers(run)}` : '' },
    { id: 'protocol', html: last && last.scores.length > 0 ? protocolSection(last.scores) : '' },
  ];
}

/** Plots as cards of SVG, one beside the other. */
export async function plotCards(plots: readonly Pick<RunPlot, 'name' | 'spec'>[]): Promise<string> {
  if (plots.length === 0) return '';
  const cards = await Promise.all(
    plots.map(async ({ name, spec }) => `<figure class="card" id="plot-${name}">${await renderSvg(spec)}</figure>`),
  );
  return `<div class="cards">${cards.join('\n')}</div>`;
}

function summary(run: RunRecord): string {
  const { title, started, epochs, reference, generatedCount, outcome } = run;
  const when = started.toISOString().slice(0, 16).replace('T', ' ');
  const facts = `${when} UTC · ${epochs.length} scored epochs · ${generatedCount} samples against ${reference.count} reference images (${reference.id})`;
  return (
    `<h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(facts)}</p>` +
    `<div class="verdict ${escapeHtml(outcome.kind)}"><strong>${escapeHtml(outcome.sentence)}</strong>${bestLine(run)}</div>`
  );
}

function bestLine({ best }: RunRecord): string {
  if (!best) return '';
  const where = `kept in <code>${escapeHtml(best.checkpoint)}</code>`;
  return `<p>Best epoch: ${best.epoch} (${escapeHtml(best.metric)} ${formatValue(best.value)}), ${where}.</p>`;
}

function noEpochYet({ outcome }: RunRecord): string {
  const what =
    outcome.kind === 'running'
      ? 'No epoch has been scored yet. Curves and samples appear after the first monitor.epochEnd(…).'
      : 'The run ended before an epoch was scored.';
  return `<h2>Scores</h2><p class="empty">${what}</p>`;
}

function floorNote({ floor }: RunRecord): string {
  const ring = 'A green ring marks the best epoch; bands are intervals, or one standard error.';
  if (floor.length === 0) return `<p class="soft">${ring}</p>`;
  const { reference, generated } = floor[0]!.n;
  return `<p class="soft">Dashed: the reference against itself, ${reference} images against ${generated} others. ${ring}</p>`;
}

function samples(run: RunRecord, { projectionAddress }: RunSectionsOptions): string {
  const { reference, epochs, best } = run;
  const pictured = epochs.filter(({ sheet }) => sheet !== undefined);
  const stride = Math.ceil(pictured.length / mostOnPaper);
  const frames = pictured.map((record, index) => {
    const isBest = record.epoch === best?.epoch;
    const spare = index % stride !== 0 && index !== pictured.length - 1 && !isBest ? ' spare' : '';
    const mark = isBest ? ' best' : record.suspicion ? ' low' : '';
    const pictures = [
      pictureElement(record.sheet!, `samples of epoch ${record.epoch}`),
      projectionAddress && record.projection?.length
        ? pictureElement(projectionAddress(record.epoch), `samples of epoch ${record.epoch} in the plane`)
        : '',
    ];
    return `<figure class="card frame${mark}${spare}" data-epoch="${record.epoch}"><figcaption>Epoch ${record.epoch}${isBest ? ' · best' : ''}</figcaption>${pictures.join('')}</figure>`;
  });
  const known = reference.sheet
    ? `<figure class="card"><figcaption>Reference</figcaption>${pictureElement(reference.sheet, 'reference images')}</figure>`
    : '';
  if (frames.length === 0 && known === '') return '';
  const bar =
    frames.length > 1
      ? `<div class="film-bar"><label for="film-slider">Epoch</label><input id="film-slider" type="range" min="0" max="${frames.length - 1}" value="${frames.length - 1}" step="1"><output for="film-slider"></output></div>`
      : '';
  return `<h2>Samples along epochs</h2><p class="soft">The same latents every time.</p><div class="film" id="film">${bar}<div class="cards">${known}${frames.join('\n')}</div></div>`;
}

function signals(last: EpochRecord | undefined): string {
  if (!last?.collapse) return '';
  const { collapse, epoch } = last;
  const number = (value: number | undefined) => (value === undefined ? '–' : formatValue(value));
  const rows = Object.entries(collapse.signals).map(([name, { value, reference, share, alarming }]) => [
    name,
    number(value),
    number(reference),
    number(share),
    alarming ? 'far off' : '',
  ]);
  const sentence = collapse.sentence ?? 'Nothing looks wrong.';
  return `<p>${escapeHtml(`Epoch ${epoch}: ${sentence}`)}</p>${htmlTable(['signal', 'samples', 'reference', 'share', ''], rows)}`;
}

function overlays({ epochs, reference }: RunRecord): string {
  const last = epochs.findLast(({ cellsPictures }) => cellsPictures?.overlay !== undefined);
  if (!last) return '';
  const known = reference.cellsPictures?.overlay;
  const card = (caption: string, picture: Picture) =>
    `<figure class="card"><figcaption>${caption}</figcaption>${pictureElement(picture, caption)}</figure>`;
  const cards = [
    known === undefined ? '' : card('Cells of the reference', known),
    card(`Cells of the samples, epoch ${last.epoch}`, last.cellsPictures!.overlay!),
  ];
  return `<div class="cards">${cards.join('')}</div>`;
}

function checkpoints(last: EpochRecord | undefined): string {
  if (!last?.checkpoints?.length) return '';
  const rows = last.checkpoints.map(({ epoch, directory, metric, value, standardError }) => [
    directory,
    String(epoch),
    metric,
    withError(value, standardError),
  ]);
  return htmlTable(['folder', 'epoch', 'by', 'value'], rows);
}

function decisions(run: RunRecord): string {
  const lines = run.epochs.flatMap((record) => [
    ...(record.best ? [`Epoch ${record.epoch}: best ${run.best?.metric ?? 'score'} so far, checkpoint kept.`] : []),
    ...(record.suspicion ? [`Epoch ${record.epoch}: suspicious: ${record.suspicion.replace(/\.$/, '')}.`] : []),
  ]);
  const all = [...lines, ...(run.notes ?? []), run.outcome.sentence];
  return `<ol>${all.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ol>`;
}

function numbers({ epochs, floor }: RunRecord): string {
  const metrics = metricsOf(epochs);
  const logs = [...new Set(epochs.flatMap(({ logs }) => Object.keys(logs)))];
  const row = (name: string, scores: readonly Score[], logged: EpochRecord['logs'], seconds: string) => [
    name,
    ...metrics.map((metric) => scoreText(scores.find((score) => score.metric === metric))),
    ...logs.map((key) => (key in logged ? formatValue(logged[key]!) : '–')),
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
  return score ? withError(score.value, score.standardError) : '–';
}

function withError(value: number, error: number | undefined): string {
  return `${formatValue(value)}${error === undefined ? '' : ` ± ${formatValue(error)}`}`;
}

function under(title: string, content: string): string {
  return content === '' ? '' : `<h2>${title}</h2>${content}`;
}
