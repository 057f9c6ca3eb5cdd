import { labelComponents, maskWhere, measureCells, type Mask } from '@plateau/cells';

/** The median over masks of how wide their walls are, in pixels; 0 when no mask has two cells. */
export function wallWidthOf(masks: readonly Mask[]): number {
  const widths = masks
    .map((walls) => {
      const cells = labelComponents(
        maskWhere(walls, (wall) => wall === 0),
        { connectivity: 4 },
      );
      return measureCells(cells, { walls }).image.wallWidth;
    })
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
}
