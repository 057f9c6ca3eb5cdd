import type { RandomState } from '@plateau/numerics';
import { D, diagonalDistance, normal, shifted, type Case } from './normal-features.js';

/** Images of one specimen. */
const IMAGES = 5;

/** Normal samples of which a share of the variance is that of their specimen, five images each; the means differ. */
export function specimens(name: string, variances: Float64Array, share: number, shift: number): Case {
  const draw = (n: number, random: RandomState) => {
    const common = normal(Math.ceil(n / IMAGES), variances, random).data;
    const own = normal(n, variances, random);
    for (let i = 0; i < n; i++) {
      const specimen = Math.floor(i / IMAGES);
      for (let k = 0; k < D; k++) {
        own.data[i * D + k] = Math.sqrt(share) * common[specimen * D + k] + Math.sqrt(1 - share) * own.data[i * D + k];
      }
    }
    return own;
  };
  const labels = (role: string, n: number) => Array.from({ length: n }, (_, i) => `${role} ${Math.floor(i / IMAGES)}`);
  return {
    name,
    truth: diagonalDistance(variances, variances, shift),
    draw: (n, m, random) => [draw(n, random), shifted(draw(m, random), shift, 20)],
    groups: (n, m) => ({ reference: labels('reference', n), generated: labels('generated', m) }),
  };
}
