import type { LawVerdict, SetComparison } from '@plateau/cells';
import { formatValue, htmlTable } from '@plateau/scorecard';
import type { Against } from './compare-by-class.js';
import { unitName } from './spatial-charts.js';

/** The properties, the farthest first. */
export function comparisonTable({ properties, unit }: SetComparison): string {
  const rows = properties
    .toSorted((a, b) => b.timesFloor - a.timesFloor)
    .map((row) => [
      row.property,
      number(row.wasserstein),
      row.interval.map(number).join(' to '),
      ...[row.timesFloor, row.kolmogorovSmirnov, row.energy, row.effect, row.correctedPValue].map(number),
    ]);
  const head = ['property', 'Wasserstein-1', '95 % interval', 'times floor', 'KS', 'energy', 'effect', 'p (Holm)'];
  return `<h2>Against the reference</h2>
<p class="soft">Distances in each property's own unit${unit === 'px' ? '' : `, lengths in ${unitName(unit)}`}; the floor is the distance of two random halves of the reference.</p>
${htmlTable(head, rows)}`;
}

/** How well each law is kept. */
export function lawTable(laws: readonly LawVerdict[]): string {
  return `<h2>Laws of foams</h2>
<p class="soft">Mean deviations from each law; the effect is in standard deviations between reference images, above 0 for worse. A law counts as broken at 95 % for all laws together.</p>
${htmlTable(
  ['law', 'reference', 'images', 'effect', '95 % interval', 'kept'],
  laws.map(({ title, reference, generated, effect, interval, kept, n }) => [
    title,
    number(reference),
    number(generated),
    number(effect),
    interval.map(number).join(' to '),
    n.reference === 0 || n.generated === 0 ? 'can’t be read' : kept ? 'yes' : 'no',
  ]),
)}`;
}

/** Each class that both sets have. */
export function classTable(byClass: NonNullable<Against['byClass']>): string {
  return `<h2>By class</h2>${htmlTable(
    ['class', 'physical distance', 'invalid images', 'farthest property'],
    Object.entries(byClass).map(([name, found]) => {
      if ('refused' in found) return [name, '–', '–', found.refused];
      const [worst] = found.properties.toSorted((a, b) => b.timesFloor - a.timesFloor);
      const share = Number.isNaN(found.invalidShare) ? '–' : `${number(100 * found.invalidShare)} %`;
      return [name, number(found.physicalDistance), share, worst ? worst.property : ''];
    }),
  )}`;
}

/** A number as the page shows it; a dash where there is none. */
export function number(value: number): string {
  return Number.isFinite(value) ? formatValue(value) : '–';
}
