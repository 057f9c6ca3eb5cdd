import type { LawVerdict, SetComparison } from '@plateau/cells';
import { escapeHtml, formatValue, htmlPage, htmlTable, pictureElement } from '@plateau/scorecard';
import type { AnalysedImage } from './analyse-image.js';
import type { Against } from './compare-by-class.js';

/** What a report shows. */
export interface CellsReport {
  readonly title: string;
  readonly images: readonly AnalysedImage[];
  readonly comparison?: SetComparison;
  readonly laws?: readonly LawVerdict[];
  readonly byClass?: Against['byClass'];
  /** Path of an image's overlay, relative to the report. */
  readonly overlay: (file: string) => string;
}

const mostOverlays = 24;

/** A page with the numbers of each image, the comparison and the overlays, worst images first. */
export function cellsReport({ title, images, comparison, laws, byClass, overlay }: CellsReport): string {
  const order = comparison?.worstFirst ?? images.map((_, i) => i);
  const shown = order.slice(0, mostOverlays).map((i) => images[i]!);
  const unit = images[0]?.measurement.image.unit ?? 'px';
  const body = `<section id="cells">
<h1>${escapeHtml(title)}</h1>
<p>Lengths in ${unit === 'px' ? 'pixels: the pixel size is unknown' : unit}. ${comparison ? `Physical distance ${number(comparison.physicalDistance)} times the reference's own; ${number(100 * comparison.invalidShare)} % of the images could not be reference images.` : ''}</p>
${comparison ? comparisonTable(comparison) : ''}
${laws ? lawTable(laws) : ''}
${byClass ? classTable(byClass) : ''}
<h2>Images</h2>
${htmlTable(
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
<div class="cards">${shown.map((image) => figure(image, overlay(image.file))).join('\n')}</div>
</section>`;
  return htmlPage(title, body);
}

function comparisonTable({ properties }: SetComparison): string {
  return `<h2>Against the reference</h2>${htmlTable(
    ['property', 'Wasserstein', '95 % interval', 'times floor', 'KS', 'energy', 'effect', 'p (Holm)'],
    properties.map((row) => [
      row.property,
      number(row.wasserstein),
      row.interval.map(number).join(' to '),
      ...[row.timesFloor, row.kolmogorovSmirnov, row.energy, row.effect, row.correctedPValue].map(number),
    ]),
  )}`;
}

function lawTable(laws: readonly LawVerdict[]): string {
  return `<h2>Laws</h2>${htmlTable(
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

function classTable(byClass: NonNullable<Against['byClass']>): string {
  return `<h2>By class</h2>${htmlTable(
    ['class', 'physical distance', 'invalid images', 'farthest property'],
    Object.entries(byClass).map(([name, found]) => {
      if ('refused' in found) return [name, found.refused, '', ''];
      const [worst] = found.properties.toSorted((a, b) => b.timesFloor - a.timesFloor);
      const share = `${number(100 * found.invalidShare)} %`;
      return [name, number(found.physicalDistance), share, worst ? worst.property : ''];
    }),
  )}`;
}

function figure({ file, measurement, warnings }: AnalysedImage, path: string): string {
  const note = [file, `${measurement.cells.length} cells`, ...warnings].join(' · ');
  const picture = pictureElement(encodeURI(path), `cells of ${file}`);
  return `<figure class="card"><figcaption>${escapeHtml(note)}</figcaption>${picture}</figure>`;
}

function number(value: number): string {
  return Number.isFinite(value) ? formatValue(value) : '–';
}
