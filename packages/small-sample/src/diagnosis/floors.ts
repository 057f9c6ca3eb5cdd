import { RandomState, selectRows, type Matrix } from '@plateau/numerics';
import { splitHalfFloors, standing, type Floor } from '../extrapolation/split-half-floor.js';
import type { Groups } from '../resampling/blocks.js';
import type { Draw, DrawPool, Measurements, Statistic } from '../resampling/draw.js';
import { serialPool } from '../resampling/draw.js';
import { noiseLike } from './ceiling.js';
import type { DiagnosedMetric, Direction } from './compared-metric.js';

/** Floor draws from which on a p-value is worth its name. */
const FEWEST_FOR_P_VALUE = 99;
/** Draws of the score at the floor's n. */
const SCORE_DRAWS = 20;

/** A ceiling nearer to the floor than this many of its standard deviations says nothing: noise scores like the reference. */
const CLEAR_CEILING = 3;

/** What a floor and a ceiling are measured of. */
export interface FloorSettings {
  readonly reference: Matrix;
  readonly generated: Matrix;
  /** Makes the statistic of any two sets. */
  readonly statisticOf: (reference: Matrix, generated: Matrix) => Statistic;
  readonly poolOf?: (reference: Matrix, generated: Matrix) => DrawPool | undefined;
  /** Draws of the floor. */
  readonly draws: number;
  readonly seed: number;
  readonly groups?: Groups;
  readonly directionOf: (metric: string) => Direction;
  readonly onDraw: () => void;
}

/** Draws that `besideFloors` makes. */
export function floorDraws(draws: number): number {
  return draws + Math.min(draws, SCORE_DRAWS) + 1;
}

/**
 * Puts metrics between floor and ceiling: two disjoint parts of the reference, draws of both sets of the same size, and
 * noise against a part of the reference.
 * @returns what stands beside the value of each metric that the statistic gives
 */
export async function besideFloors(settings: FloorSettings): Promise<Record<string, Partial<DiagnosedMetric>>> {
  const { reference, generated, statisticOf, draws, seed, groups, directionOf, onDraw } = settings;
  const n = Math.min(Math.floor(reference.rows / 2), generated.rows);
  const measure = (x: Matrix, y: Matrix, list: readonly Draw[]) =>
    (settings.poolOf?.(x, y) ?? serialPool(statisticOf(x, y)))(list, onDraw);
  const floors = await splitHalfFloors({
    ...{ rows: reference.rows, n, draws, seed, groups, onDraw },
    statistic: () => ({}),
    pool: (list) => measure(reference, reference, list),
  });
  const random = new RandomState(seed);
  const scoreDraws = Array.from({ length: Math.min(draws, SCORE_DRAWS) }, () => ({
    reference: random.choice(reference.rows, n),
    generated: random.choice(generated.rows, n),
  }));
  const scores = await measure(reference, generated, scoreDraws);
  const part = selectRows(reference, random.choice(reference.rows, n));
  const whole = {
    reference: Int32Array.from({ length: n }, (_, i) => i),
    generated: Int32Array.from({ length: n }, (_, i) => i),
  };
  const ceilings = statisticOf(part, noiseLike(reference, n, seed))(whole);
  onDraw();
  return Object.fromEntries(
    Object.entries(floors).map(([metric, floor]) => {
      const atFloor = mean(scores.map((numbers) => numbers[metric]));
      return [metric, reading(floor, atFloor, ceilings, metric, directionOf(metric))];
    }),
  );
}

function reading(
  floor: Floor,
  atFloor: number,
  ceilings: Measurements,
  metric: string,
  direction: Direction,
): Partial<DiagnosedMetric> {
  const ceiling = ceilings[metric];
  const above = direction === 'higher' ? floor.mean - ceiling : ceiling - floor.mean;
  const gap = direction === 'none' ? Math.abs(above) : above;
  const place = standing(atFloor, floor, {
    direction,
    ...(gap > CLEAR_CEILING * (floor.std ?? 0) ? { ceiling } : {}),
  });
  const draws = floor.values.length;
  const noBetter = Math.round((place.percentile / 100) * draws);
  return {
    floor,
    atFloor,
    ceiling,
    standing: place,
    ...(draws >= FEWEST_FOR_P_VALUE ? { pValue: (noBetter + 1) / (draws + 1) } : {}),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
