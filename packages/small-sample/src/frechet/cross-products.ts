import { checkPair } from '@plateau/fidelity';
import {
  selectRows,
  columnMeans,
  covariance,
  multiplyTransposed,
  semidefiniteFactor,
  singularValues,
  transposeCentered,
  type Matrix,
} from '@plateau/numerics';
import type { CrossMoments, SampleWeights } from './cross-moments.js';
import { sampleWeights } from './sample-weights.js';

/** Multiplications up to which samples are weighed. */
const MOST_WORK = 1e10;
/** Features whose deviations from the mean are all smaller have fourth powers below float64's range. */
const LEAST_DEVIATION = 1e-70;
/** Elements up to which the inner products of two sets are kept: 200 MB. */
const KEPT_PRODUCTS = 25e6;

/**
 * Two sets of features reduced to their inner products, from which the moments of any pair of subsets follow without
 * touching the features' columns again: a Fréchet distance of N + N rows then costs one N×N singular value problem.
 * @example new CrossProducts(x, y).moments(rowsOfX, rowsOfY)
 */
export class CrossProducts {
  readonly #reference: Side;
  readonly #generated: Side;
  readonly #dimension: number;
  readonly #products: Matrix | undefined;

  /** @throws RangeError when a set has fewer than 2 rows, the widths differ, or an element is NaN, Inf or out of range */
  constructor(reference: Matrix, generated: Matrix) {
    checkPair(reference, generated, 2);
    this.#reference = sideOf(reference, 'reference');
    this.#generated = reference === generated ? this.#reference : sideOf(generated, 'generated');
    this.#dimension = countVarying(reference, generated);
    const keep = Math.max(reference.rows, generated.rows) <= reference.cols * 2;
    if (keep && reference.rows * generated.rows <= KEPT_PRODUCTS) {
      const centers = { centerA: this.#reference.center, centerB: this.#generated.center };
      this.#products = multiplyTransposed(reference, generated, centers);
    }
  }

  /**
   * The moments of some rows of either set (default: all).
   * @throws RangeError below two rows
   */
  moments(referenceRows?: ArrayLike<number>, generatedRows?: ArrayLike<number>): CrossMoments {
    const [rowsX, rowsY] = this.#rows(referenceRows, generatedRows);
    if (rowsX.length < 2 || rowsY.length < 2) {
      throw new RangeError(`a covariance needs 2 samples of either set, got ${rowsX.length} and ${rowsY.length}`);
    }
    const x = summarize(this.#reference, rowsX);
    const y = summarize(this.#generated, rowsY);
    return {
      n: { reference: rowsX.length, generated: rowsY.length },
      dimension: this.#dimension,
      meanDistance: x.mean.reduce((sum, value, k) => sum + (value + x.center[k] - y.mean[k] - y.center[k]) ** 2, 0),
      trace: { reference: x.trace, generated: y.trace },
      crossValues: this.#crossValues(rowsX, rowsY),
    };
  }

  #crossValues(rowsX: ArrayLike<number>, rowsY: ArrayLike<number>): Float64Array {
    // Of features that are constant in a set there would be only rounding left.
    if (this.#dimension === 0) return new Float64Array(Math.min(rowsX.length, rowsY.length));
    return this.#products
      ? singularValues(centredProducts(this.#products, rowsX, rowsY))
      : factoredValues(selectRows(this.#reference.features, rowsX), selectRows(this.#generated.features, rowsY));
  }

  /**
   * How much wider each of some rows spreads than the others, by the moments of the same rows; undefined where that would
   * take minutes, with far more samples than features, and matters little.
   */
  weights(
    { crossValues }: CrossMoments,
    referenceRows?: ArrayLike<number>,
    generatedRows?: ArrayLike<number>,
  ): SampleWeights | undefined {
    const [rowsX, rowsY] = this.#rows(referenceRows, generatedRows);
    const eigenvalues = crossValues.map((value) => value ** 2);
    if (this.#products) {
      const products = centredProducts(this.#products, rowsX, rowsY);
      return {
        reference: sampleWeights(products, eigenvalues),
        generated: sampleWeights(transpose(products), eigenvalues),
      };
    }
    const cols = this.#reference.features.cols;
    if (Math.max(rowsX.length, rowsY.length) * cols ** 2 > MOST_WORK) return undefined;
    const x = selectRows(this.#reference.features, rowsX);
    const y = selectRows(this.#generated.features, rowsY);
    return {
      reference: sampleWeights(seenThrough(x, covarianceFactor(y)), eigenvalues),
      generated: sampleWeights(seenThrough(y, covarianceFactor(x)), eigenvalues),
    };
  }

  #rows(referenceRows?: ArrayLike<number>, generatedRows?: ArrayLike<number>): [ArrayLike<number>, ArrayLike<number>] {
    return [
      referenceRows ?? allRows(this.#reference.features.rows),
      generatedRows ?? allRows(this.#generated.features.rows),
    ];
  }
}

/** The moments of two whole sets. */
export function crossMoments(reference: Matrix, generated: Matrix): CrossMoments {
  return new CrossProducts(reference, generated).moments();
}

interface Side {
  readonly features: Matrix;
  /** The set's column means. */
  readonly center: Float64Array;
  /** ‖x − center‖² of each row. */
  readonly squares: Float64Array;
}

function sideOf(features: Matrix, role: string): Side {
  const { data, rows, cols } = features;
  const center = columnMeans(features);
  const squares = new Float64Array(rows);
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < cols; k++) {
      const deviation = data[i * cols + k] - center[k];
      squares[i] += deviation ** 2;
      largest = Math.max(largest, Math.abs(deviation));
    }
  }
  if (largest > 0 && largest < LEAST_DEVIATION) {
    throw new RangeError(
      `the ${role} features are within ${largest.toExponential(1)} of their means, whose powers are out of range: multiply the ` +
        'features of both sets by one number',
    );
  }
  return { features, center, squares };
}

function summarize({ features, center, squares }: Side, rows: ArrayLike<number>) {
  const { data, cols } = features;
  const mean = new Float64Array(cols);
  let total = 0;
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    total += squares[row];
    for (let k = 0; k < cols; k++) mean[k] += data[row * cols + k] - center[k];
  }
  let offset = 0;
  for (let k = 0; k < cols; k++) {
    mean[k] /= rows.length;
    offset += mean[k] ** 2;
  }
  return { mean, center, trace: Math.max(0, total - rows.length * offset) / (rows.length - 1) };
}

/** Ax·Ayᵀ of some rows. */
function centredProducts(products: Matrix, rowsX: ArrayLike<number>, rowsY: ArrayLike<number>): Matrix {
  const n = rowsX.length;
  const m = rowsY.length;
  const data = new Float64Array(n * m);
  const rowMeans = new Float64Array(n);
  const colMeans = new Float64Array(m);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const value = products.data[rowsX[i] * products.cols + rowsY[j]];
      data[i * m + j] = value;
      rowMeans[i] += value / m;
      colMeans[j] += value / n;
    }
    mean += rowMeans[i] / n;
  }
  const scale = Math.sqrt((n - 1) * (m - 1));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) data[i * m + j] = (data[i * m + j] - rowMeans[i] - colMeans[j] + mean) / scale;
  }
  return { data, rows: n, cols: m };
}

function transpose({ data, rows, cols }: Matrix): Matrix {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = data[i * cols + j];
  return { data: turned, rows: cols, cols: rows };
}

/** A·Fᵀ of the centred samples A over √(n − 1). */
function seenThrough(x: Matrix, factor: Matrix): Matrix {
  const centerA = columnMeans(x);
  const product = multiplyTransposed(x, factor, { centerA });
  const scale = Math.sqrt(x.rows - 1);
  return { ...product, data: product.data.map((value) => value / scale) as Float64Array };
}

/** With more samples than features, d×d factors of the covariances are the smaller ones. */
function factoredValues(x: Matrix, y: Matrix): Float64Array {
  return singularValues(multiplyTransposed(covarianceFactor(x), covarianceFactor(y)));
}

function covarianceFactor(x: Matrix): Matrix {
  if (x.rows > x.cols) return semidefiniteFactor(covariance(x));
  const centred = transposeCentered(x, columnMeans(x));
  const scale = Math.sqrt(x.rows - 1);
  const data = new Float64Array(x.rows * x.cols);
  for (let k = 0; k < x.cols; k++) {
    for (let i = 0; i < x.rows; i++) data[i * x.cols + k] = centred.data[k * x.rows + i] / scale;
  }
  return { data, rows: x.rows, cols: x.cols };
}

function countVarying(x: Matrix, y: Matrix): number {
  let count = 0;
  for (let k = 0; k < x.cols; k++) if (varies(x, k) && varies(y, k)) count++;
  return count;
}

function varies({ data, rows, cols }: Matrix, column: number): boolean {
  for (let i = 1; i < rows; i++) if (data[i * cols + column] !== data[column]) return true;
  return false;
}

function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
