import { linearRegression, linearRegressionLine, rSquared, mean } from 'simple-statistics';
import { studentQuantile } from '../resampling/student-quantile.js';

/** A least-squares line value = intercept + slope·x. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** 1 when all points lie on one level line. */
  readonly rSquared: number;
  /** Standard error of the intercept; missing with two points. */
  readonly interceptError?: number;
}

/** Fits a line to points [x, value], at least two of different x. */
export function fitLine(points: readonly (readonly [number, number])[]): Line {
  const list = points.map(([x, y]) => [x, y]);
  const { m: slope, b: intercept } = linearRegression(list);
  const line = linearRegressionLine({ m: slope, b: intercept });
  const fit = rSquared(list, line);
  const result = { slope, intercept, rSquared: Number.isNaN(fit) ? 1 : fit };
  if (points.length < 3) return result;
  const center = mean(points.map(([x]) => x));
  const spread = points.reduce((sum, [x]) => sum + (x - center) ** 2, 0);
  const residual = points.reduce((sum, [x, y]) => sum + (y - line(x)) ** 2, 0) / (points.length - 2);
  return { ...result, interceptError: Math.sqrt(residual * (1 / points.length + center ** 2 / spread)) };
}

/** The interval of an intercept, where it has an error. */
export function interceptInterval(
  { intercept, interceptError }: Line,
  points: number,
  confidence: number,
): readonly [number, number] | undefined {
  if (interceptError === undefined) return undefined;
  const width = studentQuantile((1 + confidence) / 2, points - 2) * interceptError;
  return [intercept - width, intercept + width];
}
