/** For each output sample, which input samples it is made of and by how much. */
export interface ResampleWeights {
  /** First input sample of each output sample. */
  readonly first: Int32Array;
  /** How many input samples each output sample takes. */
  readonly length: Int32Array;
  /** `stride` weights an output sample, of which `length` are used; they sum to 1. */
  readonly weights: Float64Array;
  readonly stride: number;
}

/**
 * Weights of Pillow's antialiased bicubic resize along one axis: Keys' cubic (1981) with a = −0.5, widened by the scale
 * when shrinking, cut off at the edges and normalised to sum to 1.
 */
export function bicubicWeights(inputSize: number, outputSize: number): ResampleWeights {
  const scale = inputSize / outputSize;
  const widening = Math.max(scale, 1);
  const support = 2 * widening;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outputSize);
  const length = new Int32Array(outputSize);
  const weights = new Float64Array(outputSize * stride);
  for (let i = 0; i < outputSize; i++) {
    const center = (i + 0.5) * scale;
    const begin = Math.max(Math.trunc(center - support + 0.5), 0);
    const end = Math.min(Math.trunc(center + support + 0.5), inputSize);
    const own = weights.subarray(i * stride, i * stride + end - begin);
    let sum = 0;
    for (let j = 0; j < own.length; j++) {
      own[j] = cubic((begin + j - center + 0.5) / widening);
      sum += own[j]!;
    }
    for (let j = 0; j < own.length; j++) own[j]! /= sum;
    first[i] = begin;
    length[i] = own.length;
  }
  return { first, length, weights, stride };
}

function cubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
  return 0;
}
