import type { CrossMoments } from './cross-moments.js';
import { FEWEST_BLOCKS, isGrouped, type Blocks } from './dependence.js';
import type { TailStrength } from './tail-strength.js';

/** Above this share of extrapolation the value rests more on the shape of the spectrum than on the samples. */
const MOSTLY_EXTRAPOLATED = 0.5;
/** Halves this many standard deviations apart are not explained by the model. */
const UNEXPLAINED = 3;

/** Why a calibrated distance may be off. */
export function calibrationWarnings(
  { n, dimension, crossValues }: CrossMoments,
  extrapolated: number,
  blocks: Blocks,
  tails: Readonly<Record<keyof Blocks, TailStrength>>,
): string[] {
  const warnings: string[] = [];
  const rank = Math.min(n.reference - 1, n.generated - 1, dimension);
  const found = crossValues.filter((value) => value > crossValues[0] * 1e-10).length;
  if (found < rank) {
    warnings.push(
      `the covariances share only ${found} of ${rank} possible directions: duplicates or dependent features break the ` +
        'calibration',
    );
  }
  if (extrapolated > MOSTLY_EXTRAPOLATED) {
    warnings.push(
      `${Math.round(100 * extrapolated)} % of the cross term is extrapolated from the shape of the spectrum: add images`,
    );
  }
  for (const role of ['reference', 'generated'] as const) warnings.push(...ofSet(role, blocks[role], tails[role]));
  return warnings;
}

function ofSet(role: string, blocks: readonly Int32Array[], { halves, noise }: TailStrength): string[] {
  if (isGrouped(blocks)) {
    if (halves !== undefined) return [];
    return [
      `the ${role} set has ${blocks.length} groups, too few to tell how much their images depend on each other ` +
        `(${FEWEST_BLOCKS} groups and 80 images are needed): the calibrated distance is too large if they do`,
    ];
  }
  if (halves === undefined || noise === undefined || Math.abs(halves) <= UNEXPLAINED * noise) return [];
  return [
    `halves of the ${role} set come out ${halves.toPrecision(3)} ± ${noise.toPrecision(3)} apart, where 0 is true: the ` +
      'features are unlike what the calibration assumes, or images depend on each other (give groups), and the interval is ' +
      'too narrow',
  ];
}
