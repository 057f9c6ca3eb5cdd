import { readNpz, writeNpz } from '@plateau/numerics';
import { checkInteger } from './check-options.js';
import { GaussianStatistics } from './gaussian-statistics.js';

/**
 * Reads the mean and covariance that pytorch-fid and others store as arrays `mu` and `sigma` of an `.npz` file.
 * @param options.count samples behind the statistics, where the file does not say so in an array `count` of its own
 * @throws RangeError when the bytes are not such a file, the shapes do not fit, a number is not finite, or the count is
 * neither given nor stored
 */
export function readStatistics(bytes: Uint8Array, options: { readonly count?: number } = {}): GaussianStatistics {
  const arrays = readNpz(bytes, ['mu', 'sigma', 'count']);
  const mu = arrays.get('mu');
  const sigma = arrays.get('sigma');
  if (!mu || !sigma) {
    throw new RangeError(`the .npz file lacks ${mu ? 'sigma' : 'mu'}: arrays mu and sigma are needed`);
  }
  if (mu.shape.length !== 1 || sigma.shape.length !== 2) {
    throw new RangeError(`mu and sigma must have one and two dimensions, got (${mu.shape}) and (${sigma.shape})`);
  }
  const count = options.count ?? arrays.get('count')?.data[0];
  if (count === undefined) {
    throw new RangeError('the .npz file does not say how many samples it rests on: give options.count');
  }
  checkInteger('count', count, 2);
  const [rows, cols] = sigma.shape;
  return GaussianStatistics.fromMoments(mu.data, { data: sigma.data, rows, cols }, count);
}

/**
 * The bytes of an `.npz` file with `mu`, `sigma` (ddof 1) and `count`, in float64, which pytorch-fid reads too.
 * @throws RangeError below two samples
 */
export function writeStatistics(statistics: GaussianStatistics): Uint8Array {
  return writeNpz({
    mu: { data: statistics.mean, shape: [statistics.dimension] },
    sigma: statistics.covariance(),
    count: { data: new Float64Array([statistics.count]), shape: [1] },
  });
}
