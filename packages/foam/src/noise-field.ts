import type { Random } from './random.js';

/** A smooth random field over the plane, between −1 and 1, without a scale of its own. */
export type NoiseField = (x: number, y: number) => number;

const side = 64;

/** Value noise: random numbers on a square lattice of step 1, joined smoothly, repeating after 64 steps. */
export function createNoiseField(random: Random): NoiseField {
  const lattice = new Float32Array(side * side);
  for (let i = 0; i < lattice.length; i++) lattice[i] = random.between(-1, 1);
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const u = ease(x - left);
    const v = ease(y - top);
    const row0 = (top & (side - 1)) * side;
    const row1 = ((top + 1) & (side - 1)) * side;
    const column0 = left & (side - 1);
    const column1 = (left + 1) & (side - 1);
    const upper = lattice[row0 + column0]! * (1 - u) + lattice[row0 + column1]! * u;
    const lower = lattice[row1 + column0]! * (1 - u) + lattice[row1 + column1]! * u;
    return upper * (1 - v) + lower * v;
  };
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
