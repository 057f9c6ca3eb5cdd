import type { Memorisation } from '../copying/memorisation.js';
import type { CalibratedDistance } from '../frechet/calibrated-frechet-distance.js';
import type { DiagnosedMetric } from './compared-metric.js';

/** Corrected p-values up to which a metric tells the sets apart. */
export const SIGNIFICANT = 0.05;

/** What a diagnosis comes to, with its evidence. */
export function verdictOf(
  metrics: readonly DiagnosedMetric[],
  { value, interval, naive }: CalibratedDistance,
  memorisation: Memorisation,
): string {
  const tested = metrics.filter(({ adjustedPValue }) => adjustedPValue !== undefined);
  const apart = tested.filter(({ adjustedPValue }) => adjustedPValue! <= SIGNIFICANT);
  const finding =
    apart.length === 0
      ? `No metric tells the sets apart better than halves of the reference (${tested.length} tested, Holm, 5 %)`
      : `Farther from the reference than it is from itself, by ${apart.map(({ metric }) => metric).join(', ')} ` +
        `(${apart.length} of ${tested.length} tested, Holm, 5 %)`;
  const ends = interval ? ` (${interval.map((end) => end.toPrecision(3)).join(' … ')})` : '';
  const distance = `calibrated Fréchet distance ${value.toPrecision(3)}${ends} where FID is ${naive.toPrecision(3)}`;
  return `${finding}; ${distance}. ${memorisation.verdict}`;
}
