import { compareSets, judgeLaws, polarityConflict, type LawVerdict, type SetComparison } from '@plateau/cells';
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
  return {
    comparison: compareSets(x, y, { seed }),
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
  return compareSets(measurements(reference), measurements(generated), { seed });
}

function conflictOf(reference: readonly AnalysedImage[], generated: readonly AnalysedImage[]): string | undefined {
  // An image without cells has no walls that could be dark or bright.
  const polarities = (set: readonly AnalysedImage[]): string[] =>
    set.filter(({ measurement }) => measurement.cells.length > 0).map(({ choices }) => choices.polarity);
  return polarityConflict(polarities(reference), polarities(generated));
}

function measurements(set: readonly AnalysedImage[]): AnalysedImage['measurement'][] {
  return set.map(({ measurement }) => measurement);
}
