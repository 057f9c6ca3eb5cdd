import {
  compareSets,
  haveOtherWalls,
  judgeLaws,
  polarityConflict,
  type LawVerdict,
  type SetComparison,
} from '@plateau/cells';
import type { AnalysedImage } from './analyse-image.js';

/** A generated set against its reference. */
export interface Against {
  readonly comparison: SetComparison;
  readonly laws: readonly LawVerdict[];
  /** The same by class, for classes that both sets have; why not, for those that can't be compared. */
  readonly byClass?: Readonly<Record<string, SetComparison | { readonly refused: string }>>;
}

/**
 * Compares two sets of analysed images, and each class that both have.
 * @throws Error when the sets' walls have opposite polarity
 */
export function compareAnalysed(
  reference: readonly AnalysedImage[],
  generated: readonly AnalysedImage[],
  seed: number,
): Against {
  const conflict = conflictOf(reference, generated);
  if (conflict !== undefined) throw new Error(conflict);
  const [x, y] = [measurements(reference), measurements(generated)];
  const ofGenerated = new Set(generated.map(({ label }) => label));
  const classes = [...new Set(reference.map(({ label }) => label))].filter(
    (label): label is string => label !== undefined && ofGenerated.has(label),
  );
  const byClass = classes.map((name) => {
    const own = (set: readonly AnalysedImage[]): AnalysedImage[] => set.filter(({ label }) => label === name);
    return [name, compareClass(own(reference), own(generated), seed)] as const;
  });
  const isAlien = haveOtherWalls(polarities(reference), polarities(generated));
  const comparison = compareSets(x, y, { seed, isAlien });
  return {
    comparison: { ...comparison, warnings: [...otherWallsWarnings(generated, isAlien), ...comparison.warnings] },
    laws: judgeLaws(x, y, { seed }),
    ...(byClass.length > 0 && { byClass: Object.fromEntries(byClass) }),
  };
}

function compareClass(
  reference: readonly AnalysedImage[],
  generated: readonly AnalysedImage[],
  seed: number,
): SetComparison | { readonly refused: string } {
  const conflict = conflictOf(reference, generated);
  if (conflict !== undefined) return { refused: conflict };
  if (reference.length < 2) return { refused: 'one reference image: two or more are needed' };
  const isAlien = haveOtherWalls(polarities(reference), polarities(generated));
  return compareSets(measurements(reference), measurements(generated), { seed, isAlien });
}

function conflictOf(reference: readonly AnalysedImage[], generated: readonly AnalysedImage[]): string | undefined {
  const known = (set: readonly AnalysedImage[]): string[] =>
    polarities(set).filter((polarity) => polarity !== undefined);
  return polarityConflict(known(reference), known(generated));
}

/** An image without cells has no walls that could be dark or bright. */
function polarities(set: readonly AnalysedImage[]): (string | undefined)[] {
  return set.map(({ measurement, choices }) => (measurement.cells.length > 0 ? choices.polarity : undefined));
}

function otherWallsWarnings(generated: readonly AnalysedImage[], hasOtherWalls: readonly boolean[]): string[] {
  const inverted = generated.filter((_, i) => hasOtherWalls[i]);
  if (inverted.length === 0) return [];
  const names = inverted.slice(0, 3).map(({ file }) => file);
  const more = inverted.length > 3 ? ` and ${inverted.length - 3} more` : '';
  const walls = inverted[0]!.choices.polarity.replace('-', ' ');
  return [
    `${inverted.length} of ${generated.length} generated images have ${walls}, which no reference image has: ${names.join(', ')}${more}`,
  ];
}

function measurements(set: readonly AnalysedImage[]): AnalysedImage['measurement'][] {
  return set.map(({ measurement }) => measurement);
}
