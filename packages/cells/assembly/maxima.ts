// Reconstruction by dilation and regional maxima, as reconstruct.ts and h-maxima.ts define them, on framed images: a frame
// of LOWEST around the image saves every test of the border.
const LOWEST: i32 = -2147483648;

/**
 * The regional maxima of the reconstruction of image − step under the image.
 * @param image int32; the labels of the maxima, 0 elsewhere, are written here
 * @param step by how much a maximum rises at least
 * @param floor values up to this are no maxima
 * @param limit room for (width + 2)·(height + 2) + 4 values, int32
 * @param raised as much room
 * @param queue as much room
 * @param queued as much room, bytes
 * @returns how many maxima there are
 */
export function hMaxima(
  image: usize,
  width: i32,
  height: i32,
  step: i32,
  floor: i32,
  limit: usize,
  raised: usize,
  queue: usize,
  queued: usize,
): i32 {
  const stride = width + 2;
  const pixels = stride * (height + 2);
  for (let f = 0; f < pixels; f++) store<i32>(limit + (f << 2), LOWEST);
  memory.copy(raised, limit, pixels << 2);
  memory.fill(queued, 0, pixels);
  for (let y = 0; y < height; y++)
    frameRow(
      image + ((y * width) << 2),
      limit + (((y + 1) * stride + 1) << 2),
      raised + (((y + 1) * stride + 1) << 2),
      width,
      step,
    );
  reconstruct(raised, limit, width, height, queue, queued, pixels);
  for (let y = 0; y < height; y++) {
    const at = ((y + 1) * stride + 1) << 2;
    for (let x = 0; x < width << 2; x += 4)
      if (load<i32>(limit + at + x) <= floor) store<i32>(raised + at + x, floor - step);
  }
  // The limit has done its work: its memory takes the labels.
  const count = regionalMaxima(raised, width, height, limit, queue, queued);
  for (let y = 0; y < height; y++) {
    memory.copy(image + ((y * width) << 2), limit + (((y + 1) * stride + 1) << 2), width << 2);
  }
  return count;
}

function frameRow(image: usize, limit: usize, raised: usize, width: i32, step: i32): void {
  memory.copy(limit, image, width << 2);
  for (let x = 0; x < width << 2; x += 4) store<i32>(raised + x, load<i32>(image + x) - step);
}

/** One pass each way, then a ring of pixels, each in it at most once, for what is left. */
function reconstruct(
  raised: usize,
  limit: usize,
  width: i32,
  height: i32,
  queue: usize,
  queued: usize,
  room: i32,
): void {
  const row = (width + 2) << 2;
  for (let y = 1; y <= height; y++) raiseRow(raised + y * row + 4, limit + y * row + 4, 4, -row, width);
  let waiting = 0;
  for (let y = height; y >= 1; y--) {
    raiseRow(raised + y * row + (width << 2), limit + y * row + (width << 2), -4, row, width);
    waiting = queueRow(raised, limit, y * (width + 2) + 1, width, queue, queued, waiting);
  }
  spread(raised, limit, row, queue, queued, room, waiting);
}

/** Raises pixels to the highest of the four neighbours that come before them. */
function raiseRow(raised: usize, limit: usize, step: i32, before: i32, width: i32): void {
  let last = load<i32>(raised - step);
  for (let k = 0; k < width; k++) {
    const around = max(max(load<i32>(raised + before - 4), load<i32>(raised + before)), load<i32>(raised + before + 4));
    last = min(max(max(last, around), load<i32>(raised)), load<i32>(limit));
    store<i32>(raised, last);
    raised += step;
    limit += step;
  }
}

/** Queues the pixels of a row that would raise one of the four neighbours behind them. */
function queueRow(raised: usize, limit: usize, start: i32, width: i32, queue: usize, queued: usize, waiting: i32): i32 {
  const row = (width + 2) << 2;
  for (let i = start + width - 1; i >= start; i--) {
    const value = i32x4.splat(load<i32>(raised + (i << 2)));
    const at = (i << 2) + row - 4;
    const behind = (i << 2) + 4;
    const below = rises(v128.load(raised + at), v128.load(limit + at), value) & 7;
    const right = rises(v128.load(raised + behind), v128.load(limit + behind), value) & 1;
    if ((below | right) === 0) continue;
    store<i32>(queue + (waiting++ << 2), i);
    store<u8>(queued + i, 1);
  }
  return waiting;
}

/** Which of four pixels lie below a value and below their limit, as bits. */
function rises(own: v128, limit: v128, value: v128): i32 {
  return i32x4.bitmask(v128.and(i32x4.lt_s(own, value), i32x4.lt_s(own, limit)));
}

function spread(raised: usize, limit: usize, row: i32, queue: usize, queued: usize, room: i32, waiting: i32): void {
  let head = 0;
  let end = waiting;
  while (waiting > 0) {
    const i = load<i32>(queue + (head << 2));
    if (++head === room) head = 0;
    waiting--;
    store<u8>(queued + i, 0);
    const value = load<i32>(raised + (i << 2));
    const wanted = i32x4.splat(value);
    for (let step = -row; step <= row; step += row) {
      const at = (i << 2) + step - 4;
      let rising = rises(v128.load(raised + at), v128.load(limit + at), wanted) & 7;
      for (; rising !== 0; rising &= rising - 1) {
        const n = (at >> 2) + ctz(rising);
        store<i32>(raised + (n << 2), min(value, load<i32>(limit + (n << 2))));
        if (load<u8>(queued + n)) continue;
        store<u8>(queued + n, 1);
        if (end === room) end = 0;
        store<i32>(queue + (end++ << 2), n);
        waiting++;
      }
    }
  }
}

/**
 * Labels the plateaus (8-connected) without a higher neighbour, by their first pixel. Only those are walked through that
 * have a pixel without one.
 * @param labels takes the labels, framed
 */
function regionalMaxima(values: usize, width: i32, height: i32, labels: usize, queue: usize, isTop: usize): i32 {
  const stride = width + 2;
  const row = stride << 2;
  const pixels = stride * (height + 2);
  memory.fill(labels, 0, pixels << 2);
  memory.fill(isTop, 0, pixels);
  for (let y = 1; y <= height; y++) markTops(values + y * row + 4, row, width, isTop + y * stride + 1);
  let count = 0;
  for (let i = stride; i < pixels - stride; i++) {
    if (load<u8>(isTop + i) === 0 || load<i32>(labels + (i << 2)) !== 0) continue;
    const size = walkPlateau(values, row, labels, queue, isTop, i);
    if (size === 0) continue;
    // The whole image is one plateau: no maximum.
    if (size === width * height) {
      count = 0;
      memory.fill(labels, 0, pixels << 2);
      return 0;
    }
    count++;
    for (let k = 0; k < size; k++) store<i32>(labels + (load<i32>(queue + (k << 2)) << 2), count);
  }
  for (let i = 0; i < pixels; i++) if (load<i32>(labels + (i << 2)) < 0) store<i32>(labels + (i << 2), 0);
  return count;
}

/** 1 for pixels without a higher neighbour. */
function markTops(values: usize, row: i32, width: i32, isTop: usize): void {
  for (let x = 0; x < width; x += 4) {
    const at = values + (x << 2);
    const above = i32x4.max_s(i32x4.max_s(v128.load(at - row - 4), v128.load(at - row)), v128.load(at - row + 4));
    const below = i32x4.max_s(i32x4.max_s(v128.load(at + row - 4), v128.load(at + row)), v128.load(at + row + 4));
    const beside = i32x4.max_s(v128.load(at - 4), v128.load(at + 4));
    const bits = i32x4.bitmask(i32x4.le_s(i32x4.max_s(i32x4.max_s(above, below), beside), v128.load(at)));
    for (let k = 0; k < 4 && x + k < width; k++) store<u8>(isTop + x + k, <u8>((bits >> k) & 1));
  }
}

/** Collects a plateau; returns its size, 0 when one of its pixels has a higher neighbour. */
function walkPlateau(values: usize, row: i32, labels: usize, queue: usize, isTop: usize, first: i32): i32 {
  const value = i32x4.splat(load<i32>(values + (first << 2)));
  const zero = i32x4.splat(0);
  let size = 1;
  let isMaximum = true;
  store<i32>(queue, first);
  store<i32>(labels + (first << 2), -1);
  for (let k = 0; k < size; k++) {
    const i = load<i32>(queue + (k << 2));
    if (load<u8>(isTop + i) === 0) isMaximum = false;
    for (let step = -row; step <= row; step += row) {
      const at = (i << 2) + step - 4;
      const isNew = v128.and(i32x4.eq(v128.load(values + at), value), i32x4.eq(v128.load(labels + at), zero));
      for (let left = i32x4.bitmask(isNew) & 7; left !== 0; left &= left - 1) {
        const n = (at >> 2) + ctz(left);
        store<i32>(labels + (n << 2), -1);
        store<i32>(queue + (size++ << 2), n);
      }
    }
  }
  return isMaximum ? size : 0;
}
