// A median filter of outlines within territories, four pixels at a time, as plain-majority.ts does it.

import { fourBytes } from './lanes';

/**
 * @param labels int32, with room for 4 values before and behind them
 * @param cell a byte a pixel, 0 or 1; it is left as it is more than four steps from the outline and at the image's border
 * @param steps a byte a pixel, signed
 * @param shown room for 3·(width + 8) values, int32
 * @param result as large as `cell`, with room for 4 bytes more
 */
export function majority(
  labels: usize,
  cell: usize,
  steps: usize,
  width: i32,
  height: i32,
  shown: usize,
  result: usize,
): void {
  const line: usize = (width + 8) << 2;
  let above = shown + 16;
  let own = above + line;
  let below = own + line;
  memory.copy(result, cell, width * height);
  if (height < 3 || width < 3) return;
  showRow(labels, cell, width, above);
  showRow(labels + (width << 2), cell + width, width, own);
  for (let y = 1; y + 1 < height; y++) {
    const start = y * width;
    showRow(labels + ((start + width) << 2), cell + start + width, width, below);
    voteRow(labels + (start << 2), steps + start, width, above, own, below, result + start);
    store<u8>(result + start, load<u8>(cell + start));
    store<u8>(result + start + width - 1, load<u8>(cell + start + width - 1));
    const spare = above;
    above = own;
    own = below;
    below = spare;
  }
  // What the last row's instructions wrote beyond it.
  const last = (height - 1) * width;
  memory.copy(result + last, cell + last, width);
}

/** The labels of a row where its cells show, −1 elsewhere. */
function showRow(labels: usize, cell: usize, width: i32, shown: usize): void {
  for (let x = 0; x < width; x += 4) {
    const isWall = i32x4.sub(fourBytes(cell + x), i32x4.splat(1));
    v128.store(shown + (x << 2), v128.or(v128.load(labels + (x << 2)), isWall));
  }
}

function voteRow(labels: usize, steps: usize, width: i32, above: usize, own: usize, below: usize, result: usize): void {
  for (let x = 0; x < width; x += 4) {
    const at = x << 2;
    const label = v128.load(labels + at);
    // Each vote is −1.
    const votes = i32x4.add(i32x4.add(sideVotes(above + at, label), sideVotes(below + at, label)), sideVotes(own + at, label));
    const says = i32x4.le_s(votes, i32x4.splat(-5));
    const step = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(steps + x)));
    const isNear = i32x4.le_s(i32x4.abs(step), i32x4.splat(4));
    const now = v128.bitselect(says, i32x4.eq(v128.load(own + at), label), isNear);
    const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(now, now), i16x8.splat(0));
    v128.store32_lane(result + x, v128.and(bytes, i8x16.splat(1)), 0);
  }
}

function sideVotes(at: usize, label: v128): v128 {
  const middle = i32x4.eq(v128.load(at), label);
  return i32x4.add(middle, i32x4.add(i32x4.eq(v128.load(at - 4), label), i32x4.eq(v128.load(at, 4), label)));
}
