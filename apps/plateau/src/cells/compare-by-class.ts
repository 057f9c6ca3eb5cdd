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
  const comparison = compareSets(x, y, { seed });
  return {
    comparison: { ...comparison, warnings: [...invertedWarnings(reference, generated), ...comparison.warnings] },
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
  const polarities = (set: readonly AnalysedImage[]): string[] => withWalls(set).map(({ choices }) => choices.polarity);
  return polarityConflict(polarities(reference), polarities(generated));
}

/** Single generated images whose walls are of a polarity that no reference image has. */
function invertedWarnings(reference: readonly AnalysedImage[], generated: readonly AnalysedImage[]): string[] {
  const usual = new Set(withWalls(reference).map(({ choices }) => choices.polarity));
  const inverted = withWalls(generated).filter(({ choices }) => usual.size > 0 && !usual.has(choices.polarity));
  if (inverted.length === 0) return [];
  const names = inverted.slice(0, 3).map(({ file }) => file);
  const more = inverted.length > 3 ? ` and ${inverted.length - 3} more` : '';
  const walls = inverted[0]!.choices.polarity.replace('-', ' ');
  return [
    `${inverted.length} of ${generated.length} generated images have ${walls}, which no reference image has: ${names.join(', ')}${more}`,
  ];
}

/** An image without cells has no walls that could be dark or bright. */
function withWalls(set: readonly AnalysedImage[]): AnalysedImage[] {
  return set.filter(({ measurement }) => measurement.cells.length > 0);
}

function measurements(set: readonly AnalysedImage[]): AnalysedImage['measurement'][] {
  return set.map(({ measurement }) => measurement);
}
