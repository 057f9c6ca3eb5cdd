// Measures how often the collapse detector stops simulated runs, healthy and failing, and prints the tables of
// docs/collapse.md:
//   npx tsx --conditions=@plateau/source tools/measure-collapse.ts --n 128,256 --runs 100
// `--kinds healthy|failing` measures one half, `--worlds` picks reference distributions by name, `--d` is the width of the
// features, `--epochs` the length of a healthy run, `--only` picks kinds of runs by a part of their name, `--first` is the
// seed of the first run.
import { parseArgs } from 'node:util';
import { RandomState, type Matrix } from '@plateau/numerics';
import { createCollapseDetector } from '../apps/plateau/src/monitor/collapse/create-collapse-detector.js';
import { sampleGeometry, sampleSet } from '../apps/plateau/src/monitor/collapse/sample-geometry.js';
import { FAILS_AT, failingRuns, healthyRuns, type RunKind } from './collapse/simulated-runs.js';
import { SimulatedGenerator, worlds, type GeneratorState, type World } from './collapse/simulated-generators.js';

/** Scored epochs after the crossing in which a failing run must be stopped. */
const ALLOWED = 2;
/** Epochs of a failing run: the slowest crosses within these. */
const FAILING_EPOCHS = 90;
/** The least share at which the detector promises anything: six of the least standard errors above half. */
const ZONE = 0.56;
/** The last epoch in which a healthy run may still be without variety. */
const YOUNG = 30;

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '128' },
    d: { type: 'string', default: '256' },
    runs: { type: 'string', default: '100' },
    first: { type: 'string', default: '0' },
    epochs: { type: 'string', default: '100' },
    kinds: { type: 'string', default: 'healthy,failing' },
    worlds: { type: 'string' },
    only: { type: 'string', default: '' },
    alpha: { type: 'string', default: '0.01' },
  },
});
const d = Number(values.d);
const runs = Number(values.runs);
const first = Number(values.first);
const alpha = Number(values.alpha);
const chosen = worlds.filter(({ name }) => values.worlds === undefined || values.worlds.split(',').includes(name));

if (values.kinds.includes('healthy')) {
  row(
    'reference',
    'n',
    'healthy run',
    'least diversity, share',
    'stopped',
    'in the zone, stopped',
    'below half, stopped',
  );
  row(...Array<string>(7).fill('---'));
  forEach(healthyRuns, (world, n, kind) => {
    const ends = repeat((seed) => healthyRun(world, n, kind, seed));
    const least = ends.map((end) => end.least).sort((a, b) => a - b)[Math.floor(runs / 2)];
    row(
      world.name,
      n,
      kind.name,
      least.toFixed(2),
      ...[ZONE, 0.5, 0].map((from, place) => stopped(ends, from, [Infinity, ZONE, 0.5][place])),
    );
  });
}
if (values.kinds.includes('failing')) {
  row('reference', 'n', 'failing run', 'runs', 'stopped in time', 'delay, epochs', 'named');
  row(...Array<string>(7).fill('---'));
  forEach(failingRuns, (world, n, kind) => {
    const ends = repeat((seed) => failingRun(world, n, kind, seed)).filter((end) => end !== undefined);
    const inTime = ends.filter(({ delay }) => delay <= ALLOWED).length;
    const delays = ends.map(({ delay }) => delay).sort((a, b) => a - b);
    const named = [...new Set(ends.map(({ looks }) => looks))].join(', ');
    const spread = ends.length > 0 ? `${delays[0]} to ${delays.at(-1)}` : '–';
    const share = ends.length > 0 ? `${((100 * inTime) / ends.length).toFixed(0)} %` : 'never crosses';
    row(world.name, n, kind.name, ends.length, share, spread, named);
  });
}

function forEach(kinds: readonly RunKind[], measure: (world: World, n: number, kind: RunKind) => void): void {
  for (const n of values.n.split(',').map(Number)) {
    for (const world of chosen) {
      for (const kind of kinds) if (kind.name.includes(values.only)) measure(world, n, kind);
    }
  }
}

function repeat<T>(run: (seed: number) => T): T[] {
  return Array.from({ length: runs }, (_, i) => run(first + i));
}

/** How many of the runs whose least diversity lies within limits were stopped. */
function stopped(ends: readonly { stopped: boolean; least: number }[], from: number, below: number): string {
  const some = ends.filter(({ least }) => least >= from && least < below);
  return `${some.filter((end) => end.stopped).length} of ${some.length}`;
}

/**
 * Whether the run is stopped, and the least that it kept of the reference's diversity in two epochs in a row once it was no
 * longer young: of the Vendi score, the spread and the distinct samples, whichever is least.
 */
function healthyRun(world: World, n: number, kind: RunKind, seed: number): { stopped: boolean; least: number } {
  const { generator, detector, draw } = begin(world, n, kind, seed);
  let least = Infinity;
  let before = Infinity;
  let stopped = false;
  kind.states(Number(values.epochs), new RandomState(seed)).forEach((state, epoch) => {
    const { failed, signals } = detector.observe({ epoch, generated: draw(generator, state) });
    stopped ||= failed;
    const kept = Math.min(signals.vendi.share!, signals.spread.share!, 1 - signals.duplicates.value);
    if (epoch > YOUNG) least = Math.min(least, Math.max(before, kept));
    before = kept;
  });
  return { stopped, least };
}

/**
 * How many epochs after the crossing the run is stopped; negative before it. The crossing is the first epoch in which the
 * Vendi score, the spread or the share of distinct samples has fallen below half of the reference's, in the mean over
 * several sets of samples.
 */
function failingRun(
  world: World,
  n: number,
  kind: RunKind,
  seed: number,
): { delay: number; looks: string } | undefined {
  const { generator, detector, draw, reference } = begin(world, n, kind, seed);
  const own = sampleGeometry(sampleSet(reference));
  const near = 0.5 * middle(own.nearest);
  let crossing: number | undefined;
  let stop: { epoch: number; looks: string } | undefined;
  for (const [epoch, state] of kind.states(FAILING_EPOCHS, new RandomState(seed)).entries()) {
    if (!stop) {
      const { failed, looks } = detector.observe({ epoch, generated: draw(generator, state) });
      if (failed) stop = { epoch, looks: looks! };
    }
    if (crossing === undefined && epoch >= FAILS_AT) {
      const sets = Array.from({ length: 2 }, () => sampleGeometry(sampleSet(draw(generator, state))));
      const vendi = Math.exp(mean(sets.map((set) => Math.log(set.vendi))));
      const spread = mean(sets.map((set) => set.spread));
      const repeated = mean(sets.map(({ nearest }) => nearest.filter((distance) => distance < near).length / n));
      if (vendi < own.vendi / 2 || spread < own.spread / 2 || repeated > 0.5) crossing = epoch;
    }
    if (crossing !== undefined && (stop || epoch > crossing + 10)) {
      return { delay: stop ? stop.epoch - crossing : Infinity, looks: stop?.looks ?? 'nothing' };
    }
  }
  return undefined;
}

function begin(world: World, n: number, kind: RunKind, seed: number) {
  const generator = new SimulatedGenerator(world, d, kind.modes ?? 1, 7919 * n + seed);
  const reference = generator.reference(n);
  const latents = kind.fixedLatents ? generator.latents(n) : undefined;
  const draw = (from: SimulatedGenerator, state: GeneratorState): Matrix => from.draw(n, state, latents);
  return { generator, reference, draw, detector: createCollapseDetector({ reference, alpha, neighbourhoods: false }) };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function middle(numbers: Float64Array): number {
  return numbers.slice().sort()[numbers.length >> 1];
}

function row(...cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
