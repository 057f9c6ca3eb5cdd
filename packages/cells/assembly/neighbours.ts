// What lies beside each pixel, sixteen pixels an instruction: the erosion and dilation of outline-cells.ts and the inner
// pixels of inner-pixels.ts.

/**
 * Dilation of a mask of 0 and 1 by 3×3 pixels; of what is outside it, for an erosion. Pixels repeat at the border.
 * @param flip 0 for a dilation, 1 for an erosion
 * @param rows room for width·height + 32 bytes, from 16 bytes on; the mask and the result have as much room
 */
export function threeByThree(mask: usize, width: i32, height: i32, flip: i32, rows: usize, result: usize): void {
  const turned = i8x16.splat(<i8>flip);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x += 16) {
      const at = mask + row + x;
      // The least of those beside is 0 where what is outside spreads.
      const around = flip
        ? v128.and(v128.and(v128.load(at - 1), v128.load(at)), v128.load(at + 1))
        : v128.or(v128.or(v128.load(at - 1), v128.load(at)), v128.load(at + 1));
      v128.store(rows + row + x, v128.xor(around, turned));
    }
    closeRow(mask + row, width, flip, rows + row);
  }
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? width : 0;
    const down = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x += 16) {
      const at = rows + y * width + x;
      const around = v128.or(v128.or(v128.load(at - up), v128.load(at)), v128.load(at + down));
      v128.store(result + y * width + x, v128.xor(around, turned));
    }
  }
}

/** The first and the last pixel of a row have no neighbour on one side. */
function closeRow(mask: usize, width: i32, flip: i32, rows: usize): void {
  const last = width - 1;
  store<u8>(rows, (load<u8>(mask) ^ flip) | (load<u8>(mask + min(1, last)) ^ flip));
  store<u8>(rows + last, (load<u8>(mask + last) ^ flip) | (load<u8>(mask + max(last - 1, 0)) ^ flip));
}

/**
 * 1 for pixels whose neighbours at the sides have their label, 0 for others.
 * @param labels int32, with room for a row before and behind them
 * @param result room for width·height + 16 bytes
 */
export function innerPixels(labels: usize, width: i32, height: i32, result: usize): void {
  const row = width << 2;
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? row : 0;
    const down = y + 1 < height ? row : 0;
    const own = labels + y * row;
    const target = result + y * width;
    for (let x = 0; x < width; x += 16) {
      const at = own + (x << 2);
      const low = i16x8.narrow_i32x4_s(isInner(at, up, down), isInner(at + 16, up, down));
      const high = i16x8.narrow_i32x4_s(isInner(at + 32, up, down), isInner(at + 48, up, down));
      v128.store(target + x, v128.and(i8x16.narrow_i16x8_s(low, high), i8x16.splat(1)));
    }
    closeInner(own, width, up, down, target, 0, 1);
    closeInner(own, width, up, down, target, width - 1, -1);
  }
}

function isInner(at: usize, up: i32, down: i32): v128 {
  const own = v128.load(at);
  const beside = v128.and(i32x4.eq(own, v128.load(at - 4)), i32x4.eq(own, v128.load(at + 4)));
  return v128.and(beside, v128.and(i32x4.eq(own, v128.load(at - up)), i32x4.eq(own, v128.load(at + down))));
}

/** A pixel at the end of a row, which has a neighbour on one side only. */
function closeInner(row: usize, width: i32, up: i32, down: i32, target: usize, x: i32, step: i32): void {
  const at = row + (x << 2);
  const label = load<i32>(at);
  const isInside =
    load<i32>(at - up) === label &&
    load<i32>(at + down) === label &&
    (width === 1 || load<i32>(at + (step << 2)) === label);
  store<u8>(target + x, isInside ? 1 : 0);
}
