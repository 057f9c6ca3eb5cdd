import { classDistances, frechetDistance, vendiScore } from '@plateau/fidelity';
import { RandomState, selectRows, type Matrix } from '@plateau/numerics';
import { projectSets, type Projection } from './project-sets.js';

/** Features with the class of each row. */
export interface LabelledFeatures {
  readonly features: Matrix;
  readonly labels: readonly string[];
}

/** How one class of the generated images stands beside the same class of the reference. */
export interface ClassStanding {
  readonly label: string;
  readonly images: { readonly reference: number; readonly generated: number };
  /** Mean distance to reference images of the class; of the reference: to each other. */
  readonly same: { readonly reference?: number; readonly generated?: number };
  /** Mean distance to reference images of other classes. */
  readonly different: { readonly reference?: number; readonly generated?: number };
  /** Fréchet distance of the class alone; absent below two images. */
  readonly fid?: number;
  /** Effective number of distinct images among as many of both sets; absent without generated ones. */
  readonly vendi?: { readonly images: number; readonly reference: number; readonly generated: number };
}

/** Two sets compared class by class. */
export interface ClassComparison {
  readonly classes: readonly ClassStanding[];
  /** Generated images of no class of the reference. */
  readonly unknown: number;
  readonly projection: Projection;
}

/**
 * The survey's table 4 (distances to the same and to different classes) and figure 1 (principal components of the reference), and
 * beside them the Fréchet distance and the Vendi score of each class.
 * @param options.seed draws the subset where a class has more images in one set than in the other
 * @throws RangeError when a set is empty, or the widths differ
 */
export function compareClasses(
  reference: LabelledFeatures,
  generated: LabelledFeatures,
  { seed }: { seed: number },
): ClassComparison {
  const own = classDistances(reference.features, reference.labels, reference.features, reference.labels);
  const others = classDistances(reference.features, reference.labels, generated.features, generated.labels);
  const classes = own.map(({ label, same, different }, i): ClassStanding => {
    const [x, y] = [rowsOf(reference, label), rowsOf(generated, label)];
    return {
      label,
      images: { reference: x.rows, generated: y.rows },
      same: { reference: same, generated: others[i]!.same },
      different: { reference: different, generated: others[i]!.different },
      ...(x.rows >= 2 && y.rows >= 2 && { fid: frechetDistance(x, y).value }),
      ...(y.rows >= 1 && { vendi: vendiOfBoth(x, y, seed) }),
    };
  });
  const known = new Set(reference.labels);
  return {
    classes,
    unknown: generated.labels.filter((label) => !known.has(label)).length,
    projection: projectSets(reference, generated),
  };
}

function rowsOf({ features, labels }: LabelledFeatures, label: string): Matrix {
  return selectRows(
    features,
    labels.flatMap((own, row) => (own === label ? [row] : [])),
  );
}

/** The score grows with the number of images: both are of as many. */
function vendiOfBoth(x: Matrix, y: Matrix, seed: number): NonNullable<ClassStanding['vendi']> {
  const images = Math.min(x.rows, y.rows);
  const random = new RandomState(seed);
  const draw = (all: Matrix) => selectRows(all, random.permutation(all.rows).slice(0, images));
  return { images, reference: vendiScore(draw(x)), generated: vendiScore(draw(y)) };
}
