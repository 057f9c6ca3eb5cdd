// Where regions touch, found sixteen pixels at a time: nearly all have nothing to tell.

/**
 * Lists the pixels in reading order that touch another region to the right or below; with corners also those whose 2×2 pixels,
 * they being the upper left one, hold two regions at opposite corners.
 * @param labels int32, 0 for none, with room for a row and 16 more values behind them
 * @param corners 0 or 1
 * @param found room for width·height indices
 * @returns how many there are
 */
export function touchingPixels(labels: usize, width: i32, height: i32, corners: i32, found: usize): i32 {
  let end = found;
  for (let y = 0; y < height; y++) {
    end = touchingInRow(labels, y * width, width, y + 1 < height ? -1 : 0, corners, end);
  }
  return <i32>((end - found) >> 2);
}

function touchingInRow(labels: usize, start: i32, width: i32, hasBelow: i32, corners: i32, found: usize): usize {
  const row: usize = width << 2;
  for (let x = 0; x < width; x += 16) {
    const at = labels + ((start + x) << 2);
    // The last pixel of a row has nothing to its right, and what follows belongs to the next row.
    const left = width - x;
    const own = left < 16 ? (1 << left) - 1 : 0xffff;
    const beside = left <= 16 ? own >> 1 : own;
    let bits = (differing(at, at + 4) & beside) | (differing(at, at + row) & own & hasBelow);
    if (corners) bits |= (differing(at, at + row + 4) | differing(at + 4, at + row)) & beside & hasBelow;
    for (; bits !== 0; bits &= bits - 1) {
      store<i32>(found, start + x + ctz(bits));
      found += 4;
    }
  }
  return found;
}

/** A bit for each of sixteen pixels whose label and that of another are not the same, and neither 0. */
function differing(at: usize, other: usize): i32 {
  return (
    fourDiffer(at, other) |
    (fourDiffer(at + 16, other + 16) << 4) |
    (fourDiffer(at + 32, other + 32) << 8) |
    (fourDiffer(at + 48, other + 48) << 12)
  );
}

function fourDiffer(at: usize, other: usize): i32 {
  const one = v128.load(at);
  const two = v128.load(other);
  const zero = i32x4.splat(0);
  return i32x4.bitmask(v128.and(i32x4.ne(one, two), v128.and(i32x4.ne(one, zero), i32x4.ne(two, zero))));
}
