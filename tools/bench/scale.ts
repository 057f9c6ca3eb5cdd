// The metrics at sizes of whole data sets: time, memory and how busy the cores are.
import { coverage, density, frechetDistance, Neighbourhoods, precision, recall } from '@plateau/fidelity';
import { RandomState } from '@plateau/numerics';
import { startThreads } from '@plateau/numerics/threads';
import type { BenchRow } from './bench-row.js';
import { leastSeconds } from './least-seconds.js';
import { normalFeatures } from './normal-features.js';

const DIMENSION = 2048;

export default async function benchScale(): Promise<BenchRow[]> {
  const { threads, stop } = startThreads();
  // The workers load while this thread sleeps.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const rows = [frechet(3, 5000), neighbourhoods(20_000)];
  await stop();
  return rows.map((row) => ({ ...row, name: `${row.name}, ${threads} threads` }));
}

function frechet(rounds: number, samples: number): BenchRow {
  const random = new RandomState(0);
  const [reference, generated] = [1, 2].map(() => normalFeatures(random, samples, DIMENSION));
  return {
    name: `FID, ${samples} × ${DIMENSION} features a set`,
    seconds: leastSeconds(rounds, () => frechetDistance(reference, generated)),
  };
}

function neighbourhoods(samples: number): BenchRow {
  const random = new RandomState(0);
  const [reference, generated] = [1, 2].map(() => normalFeatures(random, samples, DIMENSION));
  const before = process.cpuUsage();
  const seconds = leastSeconds(1, () => {
    const sets = new Neighbourhoods(reference, generated);
    return [precision(sets), recall(sets), density(sets), coverage(sets)];
  });
  const { user, system } = process.cpuUsage(before);
  const busy = (user + system) / 1e6 / seconds;
  const resident = process.resourceUsage().maxRSS / 2 ** 20;
  return {
    name: `precision, recall, density and coverage, ${samples} × ${DIMENSION} features a set`,
    seconds,
    note: `${busy.toFixed(2)} cores busy, at most ${resident.toFixed(2)} GiB resident`,
  };
}
