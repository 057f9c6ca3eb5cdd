import type { LawVerdict, SetComparison } from '@plateau/cells';
import type { AnalysedImage } from './analyse-image.js';

/** What a report shows. */
export interface CellsReport {
  readonly title: string;
  readonly images: readonly AnalysedImage[];
  readonly comparison?: SetComparison;
  readonly laws?: readonly LawVerdict[];
  /** Path of an image's overlay, relative to the report. */
  readonly overlay: (file: string) => string;
}

const mostOverlays = 24;

/** A page with the numbers of each image, the comparison and the overlays, worst images first. */
export function cellsReport({ title, images, comparison, laws, overlay }: CellsReport): string {
  const order = comparison?.worstFirst ?? images.map((_, i) => i);
  const shown = order.slice(0, mostOverlays).map((i) => images[i]!);
  const unit = images[0]?.measurement.image.unit ?? 'px';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escape(title)}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
  table { border-collapse: collapse; } th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #ddd; }
  th:first-child, td:first-child { text-align: left; } figure { display: inline-block; margin: .5rem; } img { max-width: 20rem; }
  figcaption { font-size: 13px; max-width: 20rem; }
</style>
<section id="cells">
<h1>${escape(title)}</h1>
<p>Lengths in ${unit === 'px' ? 'pixels: the pixel size is unknown' : unit}. ${comparison ? `Physical distance ${number(comparison.physicalDistance)} times the reference's own; ${number(100 * comparison.invalidShare)} % of the images could not be reference images.` : ''}</p>
${comparison ? comparisonTable(comparison) : ''}
${laws ? lawTable(laws) : ''}
<h2>Images</h2>
${table(
  ['file', 'cells', 'corrected', 'porosity', 'diameter', 'wall width', 'completeness', 'free ends', 'vertex degree'],
  images.map(({ file, measurement: { image } }) => [
    file,
    ...[
      image.cellCount,
      image.cellCountCorrected,
      image.porosity,
      image.equivalentDiameter,
      image.wallWidth,
      image.wallCompleteness,
      image.freeWallEnds,
      image.vertexDegree,
    ].map(number),
  ]),
)}
<h2>Overlays${comparison ? ', worst first' : ''}</h2>
${shown.map((image) => figure(image, overlay(image.file))).join('\n')}
</section>
</html>
`;
}

function comparisonTable({ properties }: SetComparison): string {
  return `<h2>Against the reference</h2>${table(
    ['property', 'Wasserstein', 'times floor', 'KS', 'energy', 'effect', 'p (Holm)'],
    properties.map((row) => [
      row.property,
      ...[row.wasserstein, row.timesFloor, row.kolmogorovSmirnov, row.energy, row.effect, row.correctedPValue].map(
        number,
      ),
    ]),
  )}`;
}

function lawTable(laws: readonly LawVerdict[]): string {
  return `<h2>Laws</h2>${table(
    ['law', 'reference deviates', 'generated', 'effect', 'interval', 'kept'],
    laws.map(({ title, reference, generated, effect, interval, kept }) => [
      title,
      number(reference),
      number(generated),
      number(effect),
      interval.map(number).join(' to '),
      kept ? 'yes' : 'no',
    ]),
  )}`;
}

function figure({ file, measurement, warnings }: AnalysedImage, path: string): string {
  const note = [file, `${measurement.cells.length} cells`, ...warnings].join(' · ');
  return `<figure><img src="${escape(encodeURI(path))}" alt="cells of ${escape(file)}"><figcaption>${escape(note)}</figcaption></figure>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((text) => `<${tag}>${escape(text)}</${tag}>`).join('');
  return `<table><tr>${cells('th', head)}</tr>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</table>`;
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–';
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]!);
}
