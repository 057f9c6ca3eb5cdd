import { shapeOf, type CellShape } from './cell-shape.js';
import type { FoamClass } from './foam-classes.js';
import { relaxedLaguerre, type LaguerreCell } from './laguerre.js';
import type { Random } from './random.js';

/** Where a layer of cells lies and how it is lit; lengths in pixels. */
export interface CellLayerOptions {
  readonly size: number;
  /** Pixels a micrometre, as far as this layer is away. */
  readonly scale: number;
  readonly light: readonly [x: number, y: number];
}

// Lloyd steps: enough that no cell is a sliver, few enough that cells differ as bubbles do.
const relaxation = 3;

/**
 * The cells of one layer that reach into the image. The tessellation repeats, but over a square a cell's diameter wider
 * than the image on all sides, so what leaves the image on one side does not come in on the other.
 */
export function cellLayer(kind: FoamClass, { size, scale, light }: CellLayerOptions, random: Random): CellShape[] {
  const diameter = kind.cellDiameter * scale;
  const side = size + 2 * diameter;
  const cells = relaxedLaguerre({ side, diameter, spread: kind.cellSpread, relaxation }, random);
  const { openness, faceBrightness } = kind;
  const options = { openness, faceBrightness, light, width: wallWidths(kind, scale, cells.length, random) };
  const shapes: CellShape[] = [];
  cells.forEach((cell, i) => {
    if (!cell) return;
    for (const dx of [-side, 0, side]) {
      for (const dy of [-side, 0, side]) {
        const placed = { ...cell, x: cell.x + dx - diameter, y: cell.y + dy - diameter };
        if (reachesInto(placed, size)) shapes.push(shapeOf(placed, i, options, random));
      }
    }
  });
  return shapes;
}

/** The width of the wall between two cells, the same from both sides. */
function wallWidths(kind: FoamClass, scale: number, count: number, random: Random): (a: number, b: number) => number {
  const widths = new Map<number, number>();
  return (a, b) => {
    const pair = Math.min(a, b) * count + Math.max(a, b);
    const known = widths.get(pair);
    if (known !== undefined) return known;
    const width = kind.wallWidth * scale * Math.max(0.4, 1 + kind.wallSpread * random.normal());
    widths.set(pair, width);
    return width;
  };
}

function reachesInto({ x, y, corners }: LaguerreCell, size: number): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < corners.length; k += 2) {
    left = Math.min(left, x + corners[k]!);
    right = Math.max(right, x + corners[k]!);
    top = Math.min(top, y + corners[k + 1]!);
    bottom = Math.max(bottom, y + corners[k + 1]!);
  }
  return right > 0 && left < size && bottom > 0 && top < size;
}
