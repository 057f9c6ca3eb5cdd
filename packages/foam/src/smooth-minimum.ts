/**
 * The lesser of two values, rounded off where they differ by less than `radius`; a quarter of it less where they are
 * equal. As distances from two walls' surfaces it gives the concave triangular Plateau border where they meet.
 * @param least the least value
 * @param second the next
 */
export function smoothMinimum(least: number, second: number, radius: number): number {
  const overlap = radius - (second - least);
  return overlap > 0 ? least - (overlap * overlap) / (4 * radius) : least;
}
