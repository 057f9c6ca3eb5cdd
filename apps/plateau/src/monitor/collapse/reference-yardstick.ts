import { columnMeans, nearestNeighbours, RandomState, selectRows, type Matrix } from '@plateau/numerics';
import { scoreFeatures, selectRandomRows, splitRows } from '@plateau/scorecard';
import { sampleGeometry, sampleSet, type SampleGeometry } from './sample-geometry.js';
import type { GeneratorSignals, SignalName, Yardstick } from './generator-signals.js';
import { deviation, mean, median, shareBelow } from './summaries.js';

/** Random parts of the reference that its own distribution is taken from. */
const DRAWS = 16;
/** Reference rows that those parts are drawn from, at most, unless more are compared. */
const POOL = 2048;
/** A sample nearer than this share of the typical distance between neighbours counts as the same again. */
const NEAR = 0.5;
const FEWEST = 8;
const geometrySignals = ['vendi', 'vendiInfinity', 'spread'] as const;

/** What is kept of the reference at one number of images. */
interface Measured extends Yardstick {
  /** Typical distance of a sample to its nearest other, over the spread. */
  readonly neighbourDistance: number;
}

/**
 * The reference features, and what they say of themselves at any number of images: values and standard errors over random
 * draws without replacement.
 */
export class ReferenceYardstick {
  readonly #reference: Matrix;
  readonly #seed: number;
  readonly #mean: Float64Array;
  readonly #copyDistance: number;
  readonly #ownCopies: number;
  readonly #measured = new Map<number, Measured>();

  /** @throws RangeError when there are fewer than 8 rows or an element is not finite */
  constructor(reference: Matrix, seed: number) {
    if (reference.rows < FEWEST) {
      throw new RangeError(
        `got ${reference.rows} reference samples, expected at least ${FEWEST} to see a collapse against: add images`,
      );
    }
    if (!isFinite(reference))
      throw new RangeError('the reference features hold NaN or infinite values: recompute them');
    this.#reference = reference;
    this.#seed = seed;
    this.#mean = columnMeans(reference);
    const nearest = nearestNeighbours(reference, { k: 1 }).squaredDistances.map(Math.sqrt);
    this.#copyDistance = NEAR * median(nearest);
    this.#ownCopies = shareBelow(nearest, this.#copyDistance);
  }

  /** The reference's own signals for `n` samples: at that many images, or at all there are. */
  at(n: number): Yardstick {
    return this.#at(Math.min(n, this.#reference.rows));
  }

  /**
   * The signals of generated features; of more than there are reference rows, as many are taken.
   * @param generated m×d features, m ≥ 8
   * @param neighbourhoods recall and coverage where they are known, or whether to compute them
   * @throws RangeError for fewer rows or another width
   */
  measure(
    generated: Matrix,
    neighbourhoods: Pick<GeneratorSignals, 'recall' | 'coverage'> | boolean = true,
  ): GeneratorSignals {
    const { rows, cols } = this.#reference;
    if (generated.cols !== cols) {
      throw new RangeError(`generated features are ${generated.cols} wide, those of the reference ${cols}`);
    }
    if (generated.rows < FEWEST) {
      throw new RangeError(`got ${generated.rows} generated samples, expected at least ${FEWEST}: draw more`);
    }
    const n = Math.min(generated.rows, rows);
    if (!isFinite(generated)) return { n, finite: false };
    const samples = n === generated.rows ? generated : selectRandomRows(generated, n, this.#seed);
    const { values, neighbourDistance } = this.#at(n);
    const { nearest, ...geometry } = sampleGeometry(sampleSet(samples));
    const tooNear = NEAR * neighbourDistance * Math.min(geometry.spread, values.spread!);
    const toReference = nearestNeighbours(samples, this.#reference, { k: 1 }).squaredDistances.map(Math.sqrt);
    return {
      n,
      finite: true,
      ...geometry,
      duplicates: geometry.spread > 0 ? shareBelow(nearest, tooNear) : 1,
      copies: shareBelow(toReference, this.#copyDistance),
      distance: distanceBetween(columnMeans(samples), this.#mean),
      ...(neighbourhoods === true ? neighbourhoodSignals(this.#reference, samples) : neighbourhoods || {}),
    };
  }

  #at(n: number): Measured {
    const known = this.#measured.get(n);
    if (known) return known;
    const measured = this.#measureAt(n);
    this.#measured.set(n, measured);
    return measured;
  }

  #measureAt(n: number): Measured {
    const random = new RandomState(this.#seed);
    const size = Math.min(this.#reference.rows, Math.max(POOL, n));
    const pool = sampleSet(selectRows(this.#reference, random.permutation(this.#reference.rows).subarray(0, size)));
    const draws = (count: number, times: number): SampleGeometry[] =>
      Array.from({ length: times }, () => sampleGeometry(pool, random.permutation(size).subarray(0, count)));
    const part = Math.min(n, size >> 1);
    const parts = draws(part, DRAWS);
    const whole = part === n ? parts : draws(n, n === size ? 1 : DRAWS / 2);
    // A draw without replacement varies by 1/part − 1/size where n independent images vary by 1/n.
    const widening = Math.sqrt(1 / n / (1 / part - 1 / size));
    const values: Partial<Record<SignalName, number>> = {};
    const errors: Partial<Record<SignalName, number>> = {};
    for (const name of geometrySignals) {
      values[name] = Math.exp(mean(whole.map((geometry) => Math.log(geometry[name]))));
      errors[name] = widening * deviation(parts.map((geometry) => Math.log(geometry[name])));
    }
    const neighbourDistance = mean(whole.map(({ nearest, spread }) => (spread > 0 ? median(nearest) / spread : 0)));
    values.duplicates = mean(
      whole.map(({ nearest, spread }) => shareBelow(nearest, NEAR * neighbourDistance * spread)),
    );
    values.copies = this.#ownCopies;
    const [first, second] = splitRows(this.#reference, n, this.#seed);
    values.distance = distanceBetween(columnMeans(first), columnMeans(second));
    if (first.rows >= FEWEST) Object.assign(values, neighbourhoodSignals(first, second));
    return { n, values, errors, neighbourDistance };
  }
}

/** Recall and coverage, with the scorecard's numbers of neighbours. */
function neighbourhoodSignals(reference: Matrix, samples: Matrix): Pick<GeneratorSignals, 'recall' | 'coverage'> {
  const [recall, coverage] = scoreFeatures(reference, samples, { metrics: ['recall', 'coverage'] });
  return { recall: recall.value, coverage: coverage.value };
}

function isFinite({ data }: Matrix): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}

function distanceBetween(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
}
