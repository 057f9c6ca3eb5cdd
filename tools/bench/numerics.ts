// The float64 kernels and the metrics that rest on them, at the sizes of the literature: 1000 × 2048 features a set.
import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import {
  coverage,
  density,
  frechetDistance,
  kernelDistance,
  Neighbourhoods,
  precision,
  recall,
  vendiScore,
} from '@plateau/fidelity';
import { gram, RandomState, symmetricEigenvalues, type Matrix } from '@plateau/numerics';
import { startThreads } from '@plateau/numerics/threads';
import type { BenchRow } from './bench-row.js';
import { leastSeconds } from './least-seconds.js';
import { normalFeatures } from './normal-features.js';

const ROUNDS = 5;
const SAMPLES = 1000;
const DIMENSION = 2048;

export default async function benchNumerics(): Promise<BenchRow[]> {
  const random = new RandomState(0);
  const [reference, generated] = [1, 2].map(() => normalFeatures(random, SAMPLES, DIMENSION));
  const square = gram(reference);
  const copy = new MlMatrix(
    Array.from({ length: SAMPLES }, (_, i) => square.data.subarray(i * SAMPLES, (i + 1) * SAMPLES)),
  );
  const eigenvalues = leastSeconds(ROUNDS, () => symmetricEigenvalues(square));
  const oracle = leastSeconds(1, () => new EigenvalueDecomposition(copy, { assumeSymmetric: true }));
  const alone = metricRows(reference, generated, '');
  const { threads, stop } = startThreads();
  // The workers load while this thread sleeps.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const together = metricRows(reference, generated, `, ${threads} threads`);
  await stop();
  return [
    {
      name: `symmetric eigenvalues, n = ${SAMPLES}`,
      seconds: eigenvalues,
      baseline: { name: 'ml-matrix', seconds: oracle },
      ratio: oracle / eigenvalues,
    },
    ...alone,
    ...together,
  ];
}

function metricRows(reference: Matrix, generated: Matrix, suffix: string): BenchRow[] {
  const row = (metric: string, work: () => unknown): BenchRow => ({
    name: `${metric}, ${SAMPLES} × ${DIMENSION} features a set${suffix}`,
    seconds: leastSeconds(ROUNDS, work),
  });
  return [
    row('FID', () => frechetDistance(reference, generated)),
    row('KID, 100 subsets', () => kernelDistance(reference, generated)),
    row('precision and recall, k = 3', () => {
      const sets = new Neighbourhoods(reference, generated, { k: [3] });
      return [precision(sets), recall(sets)];
    }),
    row('precision, recall, density and coverage', () => {
      const sets = new Neighbourhoods(reference, generated);
      return [precision(sets), recall(sets), density(sets), coverage(sets)];
    }),
    row('Vendi score', () => vendiScore(reference)),
  ];
}
