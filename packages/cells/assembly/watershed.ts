// The flood of watershed.ts: pixels wait in a queue for each level.

// State of a pixel that no flood may enter: a ridge, or outside. Others: 0 is dry, a label flooded, and a label with a
// minus waits to be flooded by the one that came first.
const CLOSED: i32 = -2147483648;

/**
 * @param heights int32
 * @param labels the markers, int32; the floods are written here
 * @param mask a byte a pixel, 0 where no flood goes; address 0 for none
 * @param least the lowest height
 * @param states room for (width + 2)·(height + 2) + 4 values, int32
 * @param levels as much room, uint16
 * @param next as much room, int32
 * @param first −1 for each level, int32
 * @param last room for a value for each level, int32
 * @param count how many levels there are
 * @param hasRidges 1 leaves lines between floods
 */
export function watershed(
  heights: usize,
  labels: usize,
  mask: usize,
  width: i32,
  height: i32,
  least: i32,
  states: usize,
  levels: usize,
  next: usize,
  first: usize,
  last: usize,
  count: i32,
  hasRidges: i32,
): void {
  const stride = width + 2;
  const pixels = stride * (height + 2);
  // A frame that no flood may enter saves every test of the border.
  for (let f = 0; f < pixels; f++) store<i32>(states + (f << 2), CLOSED);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const framed = (y + 1) * stride + 1;
    frameRow(
      heights + (row << 2),
      labels + (row << 2),
      mask ? mask + row : 0,
      width,
      least,
      states + (framed << 2),
      levels + (framed << 1),
    );
  }
  for (let f = stride; f < pixels - stride; f++) {
    if (load<i32>(states + (f << 2)) > 0) startAround(states, levels, next, first, last, stride, f);
  }
  for (let level = 0; level < count; level++) floodLevel(states, levels, next, first, last, stride, level, hasRidges);
  for (let y = 0; y < height; y++) {
    const row = labels + ((y * width) << 2);
    const framed = states + (((y + 1) * stride + 1) << 2);
    for (let x = 0; x < width; x++) store<i32>(row + (x << 2), max(load<i32>(framed + (x << 2)), 0));
  }
}

function frameRow(
  heights: usize,
  labels: usize,
  mask: usize,
  width: i32,
  least: i32,
  states: usize,
  levels: usize,
): void {
  for (let x = 0; x < width; x++) {
    if (mask && load<u8>(mask + x) === 0) continue;
    store<i32>(states + (x << 2), load<i32>(labels + (x << 2)));
    store<u16>(levels + (x << 1), <u16>(load<i32>(heights + (x << 2)) - least));
  }
}

/** Which of three pixels in a row are dry, as bits. */
function dryOf(three: v128): i32 {
  return i32x4.bitmask(i32x4.eq(three, i32x4.splat(0))) & 7;
}

/** Whether one of three pixels in a row is flooded by another than the label. */
function hasOther(three: v128, label: v128): bool {
  const others = v128.and(i32x4.gt_s(three, i32x4.splat(0)), i32x4.ne(three, label));
  return (i32x4.bitmask(others) & 7) !== 0;
}

function startAround(states: usize, levels: usize, next: usize, first: usize, last: usize, stride: i32, i: i32): void {
  const at = states + (i << 2);
  const row = stride << 2;
  const above = dryOf(v128.load(at - row - 4));
  const beside = dryOf(v128.load(at - 4));
  const below = dryOf(v128.load(at + row - 4));
  if (above | beside | below) pushAround(states, levels, next, first, last, stride, i, 0, above, beside, below);
}

/** Floods the pixels that wait at one level. */
function floodLevel(
  states: usize,
  levels: usize,
  next: usize,
  first: usize,
  last: usize,
  stride: i32,
  level: i32,
  hasRidges: i32,
): void {
  const row = stride << 2;
  for (let i = load<i32>(first + (level << 2)); i !== -1; i = load<i32>(first + (level << 2))) {
    store<i32>(first + (level << 2), load<i32>(next + (i << 2)));
    const at = states + (i << 2);
    const label = -load<i32>(at);
    const above = v128.load(at - row - 4);
    const beside = v128.load(at - 4);
    const below = v128.load(at + row - 4);
    const own = i32x4.splat(label);
    if (hasRidges && (hasOther(above, own) || hasOther(beside, own) || hasOther(below, own))) {
      store<i32>(at, CLOSED);
      continue;
    }
    store<i32>(at, label);
    // Its own state is no longer 0, nor was it.
    const dryAbove = dryOf(above);
    const dryBeside = dryOf(beside);
    const dryBelow = dryOf(below);
    if (dryAbove | dryBeside | dryBelow) {
      pushAround(states, levels, next, first, last, stride, i, level, dryAbove, dryBeside, dryBelow);
    }
  }
}

/** Queues the dry neighbours of a flooded pixel: sides along the row first, then the rows above and below from the middle. */
function pushAround(
  states: usize,
  levels: usize,
  next: usize,
  first: usize,
  last: usize,
  stride: i32,
  i: i32,
  reached: i32,
  above: i32,
  beside: i32,
  below: i32,
): void {
  const waiting = -load<i32>(states + (i << 2));
  if (beside & 1) push(states, levels, next, first, last, i - 1, reached, waiting);
  if (beside & 4) push(states, levels, next, first, last, i + 1, reached, waiting);
  if (above & 2) push(states, levels, next, first, last, i - stride, reached, waiting);
  if (above & 1) push(states, levels, next, first, last, i - stride - 1, reached, waiting);
  if (above & 4) push(states, levels, next, first, last, i - stride + 1, reached, waiting);
  if (below & 2) push(states, levels, next, first, last, i + stride, reached, waiting);
  if (below & 1) push(states, levels, next, first, last, i + stride - 1, reached, waiting);
  if (below & 4) push(states, levels, next, first, last, i + stride + 1, reached, waiting);
}

/** Queues a pixel, not below the level that the flood has reached. */
function push(
  states: usize,
  levels: usize,
  next: usize,
  first: usize,
  last: usize,
  j: i32,
  reached: i32,
  waiting: i32,
): void {
  store<i32>(states + (j << 2), waiting);
  const level = max(<i32>load<u16>(levels + (j << 1)), reached) << 2;
  store<i32>(next + (j << 2), -1);
  if (load<i32>(first + level) === -1) store<i32>(first + level, j);
  else store<i32>(next + (load<i32>(last + level) << 2), j);
  store<i32>(last + level, j);
}
