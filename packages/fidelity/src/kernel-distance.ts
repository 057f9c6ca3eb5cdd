import { multiplyTransposed, productBlocks, RandomState, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { checkInteger } from './check-options.js';

/** Settings of `kernelDistance`. */
export interface KernelDistanceOptions {
  /** Random subsets; default 100. */
  readonly subsets?: number;
  /** Samples of each set in a subset; default 1000, never more than the smaller set has. */
  readonly subsetSize?: number;
  /** Seed of the subsets; default 2020, torch-fidelity's. */
  readonly seed?: number;
}

/** A kernel distance over subsets and over everything. */
export interface KernelDistance {
  /** Mean of the squared MMD over the subsets: the KID of the literature. */
  readonly mean: number;
  /** Standard deviation over the subsets (ddof 0). Says how subsets vary, not how sure the mean is. */
  readonly std: number;
  readonly subsets: number;
  /** As used, after clamping. */
  readonly subsetSize: number;
  /** The unbiased squared MMD of all samples. */
  readonly fullSample: number;
  /** Standard error of `fullSample`, from the spread of the samples' contributions to it. */
  readonly standardError: number;
  readonly warnings: readonly string[];
}

/**
 * Kernel Inception Distance (Bińkowski et al. 2018): the unbiased squared maximum mean discrepancy with the kernel
 * k(x, y) = (⟨x, y⟩/d + 1)³, averaged over random subsets. Lower is better; 0 in expectation for equal distributions.
 *
 * Negative values are legal: the estimator is unbiased. Subsets are drawn without replacement in the order of numpy's
 * `RandomState(seed).choice`, the reference subset first, so seeded values can be compared with torch-fidelity.
 * @param reference n×d features, n ≥ 2
 * @param generated m×d features, m ≥ 2
 * @throws RangeError when a set has fewer than 2 samples, the widths differ, an element is NaN or Inf, or an option is
 * not an integer of its range
 * @example kernelDistance(matrix([[0], [0]]), matrix([[1], [1]]), { subsets: 1 }).mean // => 7
 */
export function kernelDistance(
  reference: Matrix,
  generated: Matrix,
  options: KernelDistanceOptions = {},
): KernelDistance {
  checkPair(reference, generated, 2);
  const { subsets = 100, subsetSize: asked = 1000, seed = 2020 } = options;
  checkInteger('subsets', subsets, 1);
  checkInteger('subsetSize', asked, 2);
  const subsetSize = Math.min(asked, reference.rows, generated.rows);
  const draws = drawSubsets(reference.rows, generated.rows, subsets, subsetSize, seed);

  const xx = kernelSums(reference, reference, draws.reference, draws.reference, true);
  const yy = kernelSums(generated, generated, draws.generated, draws.generated, true);
  const xy = kernelSums(reference, generated, draws.reference, draws.generated, false);

  const pairs = subsetSize * (subsetSize - 1);
  const values = Float64Array.from(
    { length: subsets },
    (_, t) => (xx.subsets[t] + yy.subsets[t]) / pairs - (2 * xy.subsets[t]) / (subsetSize * subsetSize),
  );
  const mean = average(values);
  return {
    mean,
    std: Math.sqrt(average(values.map((value) => (value - mean) ** 2))),
    subsets,
    subsetSize,
    ...fullSample(xx, yy, xy),
    warnings:
      subsetSize < asked ? [`subsetSize ${asked} was lowered to ${subsetSize}, the size of the smaller set`] : [],
  };
}

interface Draws {
  readonly reference: Matrix;
  readonly generated: Matrix;
}

/** Row t of each matrix is 1 where subset t holds the sample, else 0. */
function drawSubsets(n: number, m: number, subsets: number, size: number, seed: number): Draws {
  const random = new RandomState(seed);
  const reference = new Float64Array(subsets * n);
  const generated = new Float64Array(subsets * m);
  for (let t = 0; t < subsets; t++) {
    for (const i of random.choice(n, size)) reference[t * n + i] = 1;
    for (const j of random.choice(m, size)) generated[t * m + j] = 1;
  }
  return {
    reference: { data: reference, rows: subsets, cols: n },
    generated: { data: generated, rows: subsets, cols: m },
  };
}

interface KernelSums {
  /** Σ k over the pairs in each subset. */
  readonly subsets: Float64Array;
  /** Σ k over b for each row of a, and over a for each row of b. */
  readonly rows: Float64Array;
  readonly cols: Float64Array;
}

/**
 * Kernel values in bands of rows, each made once: a subset's sum is the quadratic form sᵀK s of its indicator s, so all
 * subsets together are one matrix product with the band.
 */
function kernelSums(a: Matrix, b: Matrix, drawsA: Matrix, drawsB: Matrix, withoutDiagonal: boolean): KernelSums {
  const sums = {
    subsets: new Float64Array(drawsA.rows),
    rows: new Float64Array(a.rows),
    cols: new Float64Array(b.rows),
  };
  for (const { start, product } of productBlocks(a, b)) {
    const { data: kernel, rows, cols } = product;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) {
        const at = i * cols + j;
        const base = kernel[at] / a.cols + 1;
        kernel[at] = withoutDiagonal && j === start + i ? 0 : base * base * base;
        sum += kernel[at];
        sums.cols[j] += kernel[at];
      }
      sums.rows[start + i] = sum;
    }
    checkRange(sums.rows, start, rows);
    const inSubsets = multiplyTransposed(product, drawsB).data;
    for (let i = 0; i < rows; i++) {
      for (let t = 0; t < drawsA.rows; t++) {
        sums.subsets[t] += drawsA.data[t * a.rows + start + i] * inSubsets[i * drawsA.rows + t];
      }
    }
  }
  return sums;
}

/** Kernels whose squares overflow would make NaN of differences: cubes of features above 1e25 or so. */
function checkRange(sums: Float64Array, start: number, count: number): void {
  for (let i = start; i < start + count; i++) {
    if (!(Math.abs(sums[i]) < 1e150)) {
      throw new RangeError(
        `the kernel (x·y/d + 1)³ of sample ${i} sums to ${sums[i]}, out of range: divide the features of both sets by one number`,
      );
    }
  }
}

/**
 * The first-order variance of the estimate: its projection on sample x is 2·(mean k(x, ·) over the reference − over the
 * generated), and the same for y with the sets exchanged (Sutherland et al. 2017, the leading term).
 */
function fullSample(xx: KernelSums, yy: KernelSums, xy: KernelSums): { fullSample: number; standardError: number } {
  const n = xx.rows.length;
  const m = yy.rows.length;
  const withinX = xx.rows.map((sum) => sum / (n - 1));
  const withinY = yy.rows.map((sum) => sum / (m - 1));
  const contributionsX = withinX.map((value, i) => value - xy.rows[i] / m);
  const contributionsY = withinY.map((value, j) => value - xy.cols[j] / n);
  return {
    fullSample: average(withinX) + average(withinY) - (2 * average(xy.rows)) / m,
    standardError: 2 * Math.sqrt(variance(contributionsX) / n + variance(contributionsY) / m),
  };
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  const mean = average(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
