import { RandomState } from '@plateau/numerics';
import { diagnose, type Diagnosis } from '@plateau/small-sample';
import type { BenchRow } from './bench-row.js';

/** The whole diagnosis of 1000 against 1000 images of 2048 features with 1000 bootstrap draws, step by step. */
export default async function bench(): Promise<BenchRow[]> {
  const sample = (seed: number) => {
    const data = new RandomState(seed).randn(1000, 2048);
    for (let i = 0; i < data.length; i++) data[i] *= Math.sqrt(7.3 / (1 + (i % 2048)));
    return { data, rows: 1000, cols: 2048 };
  };
  const marks: { name: string; at: number }[] = [];
  const onStep = (name: string) => marks.push({ name, at: performance.now() });
  const result: Diagnosis = await diagnose(sample(1), sample(2), { draws: 1000, onStep });
  marks.push({ name: 'end', at: performance.now() });
  const steps = marks.slice(0, -1).map(({ name, at }, i) => ({ name, seconds: (marks[i + 1].at - at) / 1000 }));
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  return [{ name: `diagnosis of ${result.n.reference} against ${result.n.generated}`, seconds }, ...steps];
}
