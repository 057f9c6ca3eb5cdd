/** Linear interpolation of y over ascending x, constant beyond both ends. */
export function interpolate(x: ArrayLike<number>, y: ArrayLike<number>, at: number): number {
  if (at <= x[0]) return y[0];
  let low = 0;
  let high = x.length - 1;
  if (at >= x[high]) return y[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  return y[low] + ((y[high] - y[low]) * (at - x[low])) / (x[high] - x[low]);
}
