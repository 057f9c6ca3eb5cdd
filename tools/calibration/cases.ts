import { specimens } from './grouped-cases.js';
import { diagonal, rotated } from './normal-cases.js';
import { D, spectrum, type Case } from './normal-features.js';
import { rectified, resonant } from './rectified-cases.js';
import { clusters, studentWidths, twoWidths, uneven } from './uneven-cases.js';

/** The names of the cases, each with what makes it. */
export const cases: Readonly<Record<string, (name: string) => Case>> = {
  '1/i equal': (name) => diagonal(name, slow(60), slow(60), 0),
  '1/i trace 72 shifted': (name) => diagonal(name, slow(60), slow(72), 0.5),
  'i^-1.3 shifted': (name) => diagonal(name, slow(60), power(1.3, 48), 0.3),
  'i^-2 shifted': (name) => diagonal(name, slow(60), power(2, 30), 0.8),
  'eigenvectors rotated': (name) => rotated(name, slow(60), power(1.1, 55), 0.4),
  'bent spectra': (name) => diagonal(name, bent(400, 60), bent(300, 50), 0.5),
  rectified: (name) => rectified(name, slow(D), power(1.2, 0.9 * D), 0.05),
  'rectified resonant': (name) => resonant(name, slow(D), power(1.2, 0.9 * D), 0.05),
  'heavy tails': (name) => uneven(name, [slow(60), studentWidths], [power(1.2, 55), studentWidths], 0.4),
  'heavy tails against normal': (name) => uneven(name, [slow(60)], [slow(60), studentWidths], 0.4),
  'two widths': (name) => uneven(name, [slow(60), twoWidths], [slow(60), twoWidths], 0.4),
  clusters: (name) => clusters(name, slow(60), 0.4),
  'specimens 1/3': (name) => specimens(name, slow(60), 1 / 3, 0.4),
  'specimens 2/3': (name) => specimens(name, slow(60), 2 / 3, 0.4),
};

function slow(trace: number): Float64Array {
  return power(1, trace);
}

function power(exponent: number, trace: number): Float64Array {
  return spectrum((i) => i ** -exponent, trace);
}

function bent(scale: number, trace: number): Float64Array {
  return spectrum((i) => i ** -0.8 * Math.exp(-i / scale), trace);
}
