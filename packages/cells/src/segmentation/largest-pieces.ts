import { labelComponents } from '../raster/label-components.js';
import type { LabelMap } from '../raster/raster.js';

/**
 * The largest piece (4-connected) of each territory's cell pixels, with the islands of wall that lie wholly in it: those
 * are what is seen in a cell, not walls of it. Other pieces become wall.
 * @param cell 1 where a territory shows its cell
 */
export function largestPieces(territories: LabelMap, cell: Uint8Array): LabelMap {
  const { data, width, height, count } = territories;
  const result = largest(territories, cell);
  const outside = new Uint8Array(data.length);
  for (let i = 0; i < outside.length; i++) if (result[i] === 0) outside[i] = 1;
  const islands = labelComponents({ data: outside, width, height });
  const owners = ownersOf(islands, result);
  for (let i = 0; i < result.length; i++) {
    const island = islands.data[i]!;
    if (island > 0 && owners[island]! > 0) result[i] = owners[island]!;
  }
  return { data: result, width, height, count };
}

function largest({ data, width, count }: LabelMap, cell: Uint8Array): Int32Array {
  const pieces = new Int32Array(data.length);
  const stack = new Int32Array(data.length);
  const bestArea = new Int32Array(count + 1);
  const bestPiece = new Int32Array(count + 1);
  let piece = 0;
  for (let start = 0; start < data.length; start++) {
    if (!cell[start] || pieces[start] !== 0) continue;
    const label = data[start]!;
    pieces[start] = ++piece;
    stack[0] = start;
    let [top, area] = [1, 0];
    while (top > 0) {
      const i = stack[--top]!;
      area++;
      const x = i % width;
      for (let side = 0; side < 4; side++) {
        if ((side === 0 && x === 0) || (side === 1 && x === width - 1)) continue;
        const j = side === 0 ? i - 1 : side === 1 ? i + 1 : side === 2 ? i - width : i + width;
        if (j < 0 || j >= data.length || !cell[j] || pieces[j] !== 0 || data[j] !== label) continue;
        pieces[j] = piece;
        stack[top++] = j;
      }
    }
    if (area > bestArea[label]!) {
      bestArea[label] = area;
      bestPiece[label] = piece;
    }
  }
  const result = new Int32Array(data.length);
  for (let i = 0; i < result.length; i++) {
    if (cell[i] && pieces[i] === bestPiece[data[i]!]) result[i] = data[i]!;
  }
  return result;
}

/** The one cell that surrounds an island; −1 when there are several, or the image's border. */
function ownersOf({ data, width, height, count }: LabelMap, cells: Int32Array): Int32Array {
  const owners = new Int32Array(count + 1);
  const touch = (island: number, label: number): void => {
    if (island === 0 || label === 0) return;
    owners[island] = owners[island] === 0 || owners[island] === label ? label : -1;
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (x + 1 < width) {
        touch(data[i]!, cells[i + 1]!);
        touch(data[i + 1]!, cells[i]!);
      }
      if (y + 1 < height) {
        touch(data[i]!, cells[i + width]!);
        touch(data[i + width]!, cells[i]!);
      }
    }
  }
  for (let x = 0; x < width; x++) owners[data[x]!] = owners[data[(height - 1) * width + x]!] = -1;
  for (let y = 0; y < height; y++) owners[data[y * width]!] = owners[data[y * width + width - 1]!] = -1;
  return owners;
}
