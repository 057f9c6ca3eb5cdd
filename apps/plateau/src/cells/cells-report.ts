import type { SetComparison } from '@plateau/cells';
import type { SkippedImage } from '@plateau/images';
import { distributionChart, escapeHtml, htmlPage, htmlTable, pictureElement, renderSvg } from '@plateau/scorecard';
import type { AnalysedImage } from './analyse-image.js';
import { classTable, comparisonTable, lawTable, number } from './comparison-tables.js';
import type { Against } from './compare-by-class.js';
import { groupLaws } from './group-laws.js';
import { spatialCharts, unitName } from './spatial-charts.js';

/** What a report shows. */
export interface CellsReport {
  readonly title: string;
  readonly images: readonly AnalysedImage[];
  readonly skipped: readonly SkippedImage[];
  readonly reference?: readonly AnalysedImage[];
  readonly against?: Against;
  /** Path of an image's overlay, relative to the report. */
  readonly overlay: (file: string) => string;
}

const mostRows = 100;
const mostOverlays = 24;

/** A page with the numbers of each image, the comparison and the overlays, worst images first. */
export async function cellsReport(report: CellsReport): Promise<string> {
  const { title, images, against } = report;
  const body = `<section id="cells">
<h1>${escapeHtml(title)}</h1>
${introduction(report)}
${against ? comparisonTable(against.comparison) + lawTable(against.laws) : ''}
${against?.byClass ? classTable(against.byClass) : ''}
${await charts(report)}
${imageTable(images, against?.comparison)}
${overlays(report)}
</section>`;
  return htmlPage(title, body);
}

function introduction({ images, skipped, reference, against }: CellsReport): string {
  const { unit = 'px' } = images[0]?.measurement.image ?? {};
  const cells = images.reduce((sum, { measurement }) => sum + measurement.cells.length, 0);
  const lengths =
    unit === 'px' ? 'Lengths are in pixels: the pixel size is unknown.' : `Lengths are in ${unitName(unit)}.`;
  const counts = `${images.length} images with ${cells} cells${reference ? `, against ${reference.length} reference images` : ''}. ${lengths}`;
  const leftOut = skipped.map(({ path, reason }) => `<li>${escapeHtml(`${path}: ${reason}`)}</li>`);
  const missing = leftOut.length > 0 ? `<p class="soft">Left out:</p><ul class="soft">${leftOut.join('')}</ul>` : '';
  const common = sharedWarnings(images).map((warning) => `<li>${escapeHtml(warning)}</li>`);
  const notes = common.length > 0 ? `<p class="soft">All images:</p><ul class="soft">${common.join('')}</ul>` : '';
  return `<p class="soft">${counts}</p>${against ? verdict(against) : ''}${missing}${notes}`;
}

function verdict({ comparison, laws, byClass = {} }: Against): string {
  const { physicalDistance, invalidShare, warnings } = comparison;
  const { broken, unread } = groupLaws(laws);
  const [farthest] = Object.entries(byClass)
    .flatMap(([name, found]) => ('refused' in found ? [] : [{ name, distance: found.physicalDistance }]))
    .sort((a, b) => b.distance - a.distance);
  const lines = [
    `The set is ${number(physicalDistance)} times as far from the reference as the reference's halves are from each other.`,
    ...(farthest ? [`The farthest class is ${farthest.name}, ${number(farthest.distance)} times.`] : []),
    ...(Number.isNaN(invalidShare)
      ? []
      : [`${number(100 * invalidShare)} % of the images could not be reference images.`]),
    ...(broken.length > 0 ? [`Less well kept than in the reference: ${broken.join('; ')}.`] : []),
    ...(unread.length > 0 ? [`No generated image can be held to: ${unread.join('; ')}.`] : []),
    ...(broken.length + unread.length === 0 ? ['The laws are kept as in the reference.'] : []),
    ...warnings.map((warning) => `${warning}.`),
  ];
  const isFar =
    invalidShare > 0.2 || broken.length + unread.length > 0 || Math.max(physicalDistance, farthest?.distance ?? 0) > 3;
  return `<div class="verdict${isFar ? ' divergence' : ''}">${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</div>`;
}

async function charts({ images, reference = [] }: CellsReport): Promise<string> {
  const { unit = 'px' } = images[0]?.measurement.image ?? {};
  const diameters = (set: readonly AnalysedImage[]): number[] =>
    set.flatMap(({ measurement }) =>
      measurement.cells.filter((cell) => !cell.touchesBorder).map((cell) => cell.equivalentDiameter),
    );
  const spatial = (set: readonly AnalysedImage[]) => set.flatMap((image) => image.spatial ?? []);
  const svgs = [
    ...(diameters(images).length > 1
      ? [
          await renderSvg(
            distributionChart(`cell diameter, ${unitName(unit)}`, diameters(reference), diameters(images)),
          ),
        ]
      : []),
    ...(await spatialCharts({ images: spatial(images), reference: spatial(reference) })),
  ];
  if (svgs.length === 0) return '';
  return `<h2>Distributions and spatial statistics</h2>
<p class="soft">Means over images; bands from the tenth to the ninetieth percentile of images.</p>
<div class="cards">${svgs.map((svg) => `<div class="card">${svg}</div>`).join('\n')}</div>`;
}

function imageTable(images: readonly AnalysedImage[], comparison?: SetComparison): string {
  const { unit = 'px' } = images[0]?.measurement.image ?? {};
  const length = unitName(unit);
  const head = [
    'file',
    ...(comparison ? ['p'] : []),
    ...['cells', 'corrected', 'porosity', `diameter, ${length}`, `wall width, ${length}`],
    ...['completeness', 'free ends', 'sides', 'degree'],
  ];
  const order = orderOf(images, comparison);
  const rows = order.slice(0, mostRows).map((i) => {
    const { file, measurement } = images[i]!;
    const { image } = measurement;
    const p = comparison ? [comparison.imagePValues[i]!] : [];
    return [
      file,
      ...[...p, image.cellCount, image.cellCountCorrected, image.porosity, image.equivalentDiameter].map(number),
      ...[image.wallWidth, image.wallCompleteness, image.freeWallEnds, image.neighbours, image.vertexDegree].map(
        number,
      ),
    ];
  });
  const rest =
    images.length > mostRows ? `<p class="soft">${images.length - mostRows} more are in images.csv.</p>` : '';
  return `<h2>Images${comparison ? ', worst first' : ''}</h2>
${comparison ? '<p class="soft">p: the share of reference images that are at least as strange.</p>' : ''}
${htmlTable(head, rows)}${rest}`;
}

function overlays({ images, against, overlay }: CellsReport): string {
  const comparison = against?.comparison;
  const common = new Set(sharedWarnings(images));
  const figures = orderOf(images, comparison)
    .slice(0, mostOverlays)
    .map((i) => {
      const { file, measurement, warnings } = images[i]!;
      const p = comparison?.imagePValues[i];
      const own = warnings.filter((warning) => !common.has(warning));
      const note = [
        file,
        `${measurement.cells.length} cells`,
        ...(p === undefined ? [] : [`p = ${number(p)}`]),
        ...own,
      ];
      const isLow = p !== undefined && p < 0.05;
      const picture = pictureElement(encodeURI(overlay(file)), `cells of ${file}`);
      return `<figure class="card${isLow ? ' low' : ''}"><figcaption>${escapeHtml(note.join(' · '))}</figcaption>${picture}</figure>`;
    });
  return `<h2>Cells as found${comparison ? ', worst first' : ''}</h2>
<p class="soft">Outlines in green, of cells at the border in blue${images.length > mostOverlays ? `; the first ${mostOverlays} of ${images.length}, all are in overlays/` : ''}.</p>
<div class="cards">${figures.join('\n')}</div>`;
}

function orderOf(images: readonly AnalysedImage[], comparison?: SetComparison): readonly number[] {
  return comparison?.worstFirst ?? images.map((_, i) => i);
}

/** What is said of every image; of one image alone nothing, since it stands at its picture. */
function sharedWarnings(images: readonly AnalysedImage[]): string[] {
  const [first, ...others] = images;
  return first ? first.warnings.filter((warning) => others.every(({ warnings }) => warnings.includes(warning))) : [];
}
