import {
  alphaPrecision,
  frechetDistance,
  Neighbourhoods,
  type AlphaPrecision,
  type FrechetDistance,
} from '@plateau/fidelity';
import type { Matrix } from '@plateau/numerics';

/** Two feature matrices and what several metrics ask of them, each part computed once, when first asked for. */
export class FeatureComparison {
  readonly reference: Matrix;
  readonly generated: Matrix;
  #neighbourhoods?: Neighbourhoods;
  #frechet?: FrechetDistance;
  #alphaPrecision?: AlphaPrecision;

  constructor(reference: Matrix, generated: Matrix) {
    this.reference = reference;
    this.generated = generated;
  }

  get neighbourhoods(): Neighbourhoods {
    return (this.#neighbourhoods ??= new Neighbourhoods(this.reference, this.generated));
  }

  get frechet(): FrechetDistance {
    return (this.#frechet ??= frechetDistance(this.reference, this.generated));
  }

  get alphaPrecision(): AlphaPrecision {
    return (this.#alphaPrecision ??= alphaPrecision(this.neighbourhoods));
  }
}
