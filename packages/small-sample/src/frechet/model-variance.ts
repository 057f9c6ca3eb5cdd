import { variance } from 'simple-statistics';
import { calibrate } from './calibrate.js';
import type { CrossMoments, SampleWeights } from './cross-moments.js';
import { weighted, type TailStrength } from './tail-strength.js';

/** The largest share of the bias that is in doubt for the shape of the features: what simulated uneven sets miss by (RMS). */
const MOST_DOUBT = 0.03;

/**
 * What the model may be wrong by: the strengths, by their errors or by half of what they change, whichever is more, and a
 * share of the bias where samples are not all alike, since features that spread unevenly are seldom uneven in that one way
 * only.
 * @param value the calibrated value at the tails' strengths
 */
export function modelVariance(
  moments: CrossMoments,
  weights: SampleWeights | undefined,
  { reference, generated }: Readonly<Record<keyof SampleWeights, TailStrength>>,
  { value, naive }: { readonly value: number; readonly naive: number },
): number {
  if (!weights) return 0;
  const at = (x: number, y: number) => calibrate(weighted(moments, weights, Math.max(0, x), Math.max(0, y))).value;
  const [x, y] = [reference.strength, generated.strength];
  const ofReference = (at(x + reference.error, y) - at(x - reference.error, y)) / 2;
  const ofGenerated = (at(x, y + generated.error) - at(x, y - generated.error)) / 2;
  const ofStrength = (value - at(1, 1)) / 2;
  const unevenness = variance(Array.from(weights.reference)) + variance(Array.from(weights.generated));
  const ofShape = Math.min(MOST_DOUBT, unevenness) * Math.max(0, naive - value);
  return Math.max(ofReference ** 2 + ofGenerated ** 2, ofStrength ** 2) + ofShape ** 2;
}
