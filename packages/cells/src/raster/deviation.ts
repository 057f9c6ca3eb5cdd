/** Standard deviation of all values. */
export function deviation(data: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(squares / data.length - (sum / data.length) ** 2, 0));
}
