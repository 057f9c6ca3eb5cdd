import { maskWhere, type Mask } from '@plateau/cells';
import type { Drawing } from './read-images.js';

/**
 * Where a mask shows wall: what is black. In a mask of two levels whose edges are soft, as JPEG and resizing leave them, what is
 * darker than half-way; a label map, whose values are numbers, has cells from 1 on.
 */
export function wallsOfMask(drawing: Drawing): Mask {
  const half = drawing.most / 2;
  return isSoft(drawing) ? maskWhere(drawing, (value) => value < half) : maskWhere(drawing, (value) => value === 0);
}

// How near to black or white a pixel is that means one of both, and the least share of such pixels.
const [NEAR, LEAST_SHARE] = [0.06, 0.8];

/** Whether nearly all pixels are black or white, or close to that; a label map uses few numbers next to its greatest. */
function isSoft({ data, most }: Drawing): boolean {
  let [dark, bright] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i]! <= NEAR * most) dark++;
    else if (data[i]! >= (1 - NEAR) * most) bright++;
  }
  return bright > 0.1 * data.length && dark + bright >= LEAST_SHARE * data.length;
}
