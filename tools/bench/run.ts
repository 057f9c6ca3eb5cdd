// Prints what the parts cost here, as ratios where there is something to hold them against:
//   npm run bench                all of them, on the built packages
//   npm run bench -- numerics    one file of this folder
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { BenchRow } from './bench-row.js';

const notBenchmarks = ['run.ts', 'bench-row.ts', 'normal-features.ts', 'least-seconds.ts'];
const available = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !notBenchmarks.includes(name))
  .map((name) => name.slice(0, -'.ts'.length));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !available.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}: there are ${available.join(', ')}\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}\n`);
  for (const name of wanted.length > 0 ? wanted : available) {
    const { default: bench } = (await import(`./${name}.ts`)) as { default: () => Promise<BenchRow[]> };
    process.stdout.write(`\n${name}\n`);
    for (const row of await bench()) process.stdout.write(`  ${describe(row)}\n`);
  }
}

function describe({ name, seconds, baseline, ratio, note }: BenchRow): string {
  const times = baseline ? ` against ${baseline.seconds.toPrecision(3)} s (${baseline.name})` : '';
  const verdict = ratio === undefined ? '' : `: ${ratio.toPrecision(3)}×`;
  return `${name}: ${seconds.toPrecision(3)} s${times}${verdict}${note ? `; ${note}` : ''}`;
}
