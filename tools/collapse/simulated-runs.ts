import type { RandomState } from '@plateau/numerics';
import type { GeneratorState } from './simulated-generators.js';

/** A kind of training run: the generator's state in every epoch. */
export interface RunKind {
  readonly name: string;
  /** Modes that the generator has to fall into. Default 1. */
  readonly modes?: number;
  /** Whether the same latents are drawn every epoch. */
  readonly fixedLatents?: boolean;
  states(epochs: number, random: RandomState): readonly GeneratorState[];
}

/** Where a failing run begins to fail. */
export const FAILS_AT = 10;

/** Runs that must not be stopped. */
export const healthyRuns: readonly RunKind[] = [
  { name: 'like the reference', states: (epochs) => each(epochs, () => ({})) },
  {
    name: 'off the reference and wandering',
    states: (epochs, random) => {
      const wandering = walk(epochs, random);
      return each(epochs, (t) => ({ scale: 0.85 + 0.05 * wandering[t], shift: 0.15, pull: 0.05 }));
    },
  },
  {
    name: 'the same latents, wandering',
    fixedLatents: true,
    states: (epochs, random) => {
      const wandering = walk(epochs, random);
      return each(epochs, (t) => ({ scale: 0.85 + 0.05 * wandering[t], shift: 0.1 }));
    },
  },
  {
    name: 'young: varied only after 20 epochs',
    states: (epochs) =>
      each(epochs, (t) => ({ pull: Math.max(0, 0.95 * (1 - t / 20)), shift: Math.max(0, 1 - t / 20) })),
  },
  {
    name: 'of two thirds of the spread, wandering',
    states: (epochs, random) => {
      const wandering = walk(epochs, random);
      return each(epochs, (t) => ({ scale: 0.67 + 0.02 * wandering[t] }));
    },
  },
  { name: 'a sixth of the samples in one mode', states: (epochs) => each(epochs, () => ({ taken: 1 / 6 })) },
  {
    name: 'collapsed for one epoch in 20',
    states: (epochs) => each(epochs, (t) => (t % 20 === 10 ? { pull: 1 } : {})),
  },
];

/** Runs that fail after some healthy epochs. */
export const failingRuns: readonly RunKind[] = [
  ...[1, 3, 10, 30].flatMap((modes): RunKind[] => [
    {
      name: `${modes} ${modes === 1 ? 'mode' : 'modes'} at once`,
      modes,
      states: (epochs) => from(epochs, () => ({ pull: 1 })),
    },
    {
      name: `${modes} ${modes === 1 ? 'mode' : 'modes'} over 8 epochs`,
      modes,
      states: (epochs) => from(epochs, (t) => ({ pull: Math.min(1, t / 8) })),
    },
  ]),
  { name: 'blob at the mean', states: (epochs) => from(epochs, () => ({ scale: 0.1 })) },
  {
    name: 'slow drift to one mode, 2 % an epoch',
    states: (epochs) => from(epochs, (t) => ({ pull: Math.min(1, 0.02 * t) })),
  },
  { name: 'slow shrinking to the mean, 3 % an epoch', states: (epochs) => from(epochs, (t) => ({ scale: 0.97 ** t })) },
  {
    name: 'one mode takes over, 4 % of the samples an epoch',
    states: (epochs) => from(epochs, (t) => ({ taken: Math.min(1, 0.04 * t) })),
  },
];

function each(epochs: number, state: (epoch: number) => GeneratorState): GeneratorState[] {
  return Array.from({ length: epochs }, (_, epoch) => state(epoch));
}

function from(epochs: number, state: (since: number) => GeneratorState): GeneratorState[] {
  return each(epochs, (epoch) => (epoch < FAILS_AT ? {} : state(epoch - FAILS_AT + 1)));
}

/** A stationary walk of standard deviation 1 with a memory of ten epochs. */
function walk(epochs: number, random: RandomState): Float64Array {
  const steps = random.randn(epochs, 1);
  for (let t = 1; t < epochs; t += 1) steps[t] = 0.9 * steps[t - 1] + Math.sqrt(1 - 0.81) * steps[t];
  return steps;
}
