// Parallel thinning by Guo and Hall, as skeletonize.ts does it pixel by pixel: 64 pixels of a row are the bits of a word.

/**
 * Thins a mask, in place.
 * @param mask a byte a pixel, 0 outside; 16 bytes behind it are read
 * @param field room for (height + 2)·(words + 1) + 1 words of 64 bits, where words = ⌈width/64⌉: a frame of zeros around
 * @param removed room for height·words words
 * @param dirty room for 2·(height + 2) bytes: rows in which a subiteration may remove pixels
 */
export function thin(mask: usize, width: i32, height: i32, field: usize, removed: usize, dirty: usize): void {
  const words = (width + 63) >> 6;
  const row = (words + 1) << 3;
  const first = field + row + 8;
  memory.fill(field, 0, (height + 2) * row + 8);
  memory.fill(dirty, 1, 2 * (height + 2));
  for (let y = 0; y < height; y++) packRow(mask + y * width, width, first + y * row);
  // Done after both subiterations in a row have removed nothing.
  for (let step = 0, idle = 0; idle < 2; step = 1 - step) {
    const isIdle = thinOnce(first, row, words, height, removed, dirty, step);
    idle = isIdle ? idle + 1 : 0;
  }
  for (let y = 0; y < height; y++) unpackRow(first + y * row, width, mask + y * width);
}

function packRow(mask: usize, width: i32, bits: usize): void {
  const zero = i8x16.splat(0);
  for (let x = 0; x < width; x += 16) {
    let sixteen = i8x16.bitmask(i8x16.ne(v128.load(mask + x), zero));
    if (width - x < 16) sixteen &= (1 << (width - x)) - 1;
    store<u16>(bits + (x >> 3), <u16>sixteen);
  }
}

function unpackRow(bits: usize, width: i32, mask: usize): void {
  memory.fill(mask, 0, width);
  for (let x = 0; x < width; x += 64) {
    for (let left = load<u64>(bits + (x >> 3)); left !== 0; left &= left - 1) store<u8>(mask + x + <i32>ctz(left), 1);
  }
}

/** One subiteration; true when it removed nothing. */
function thinOnce(first: usize, row: usize, words: i32, height: i32, removed: usize, dirty: usize, step: i32): bool {
  const own = dirty + step * (height + 2) + 1;
  const other = dirty + (1 - step) * (height + 2) + 1;
  let isIdle = true;
  // All pixels are judged before the first is removed.
  for (let y = 0; y < height; y++) {
    if (load<u8>(own + y) === 1) {
      store<u8>(own + y, removableOfRow(first + y * row, row, words, removed + ((y * words) << 3), step) ? 2 : 0);
    }
  }
  for (let y = 0; y < height; y++) {
    if (load<u8>(own + y) !== 2) continue;
    isIdle = false;
    for (let k = 0; k < words; k++) {
      const at = first + y * row + (k << 3);
      store<u64>(at, load<u64>(at) & ~load<u64>(removed + ((y * words + k) << 3)));
    }
  }
  for (let y = 0; y < height; y++) {
    if (load<u8>(own + y) !== 2) continue;
    for (let near = y - 1; near <= y + 1; near++) {
      store<u8>(other + near, 1);
      // Rows below that have been changed too are still to be seen here.
      if (near <= y || load<u8>(own + near) !== 2) store<u8>(own + near, 1);
    }
  }
  return isIdle;
}

/** Marks the pixels of a row that a subiteration removes; false when there are none. */
function removableOfRow(bits: usize, row: usize, words: i32, removed: usize, step: i32): bool {
  let any: u64 = 0;
  for (let k = 0; k < words; k++) {
    const at = bits + (k << 3);
    const found = removable(at, row, step);
    store<u64>(removed + (k << 3), found);
    any |= found;
  }
  return any !== 0;
}

/** Those of the 64 pixels at an address that a subiteration removes. Neighbours go clockwise from the upper one. */
function removable(at: usize, row: usize, step: i32): u64 {
  const own = load<u64>(at);
  if (own === 0) return 0;
  const up = load<u64>(at - row);
  const down = load<u64>(at + row);
  const upLeft = (up << 1) | (load<u64>(at - row - 8) >> 63);
  const upRight = (up >> 1) | (load<u64>(at - row + 8) << 63);
  const left = (own << 1) | (load<u64>(at - 8) >> 63);
  const right = (own >> 1) | (load<u64>(at + 8) << 63);
  const downLeft = (down << 1) | (load<u64>(at + row - 8) >> 63);
  const downRight = (down >> 1) | (load<u64>(at + row + 8) << 63);
  const c1 = ~up & (upRight | right);
  const c2 = ~right & (downRight | down);
  const c3 = ~down & (downLeft | left);
  const c4 = ~left & (upLeft | up);
  // An odd number of four, and no pair of them: one.
  const isOneCrossing = (c1 ^ c2 ^ c3 ^ c4) & ~((c1 & c2) | (c3 & c4));
  const a1 = upLeft | up;
  const a2 = upRight | right;
  const a3 = downRight | down;
  const a4 = downLeft | left;
  const b1 = up | upRight;
  const b2 = right | downRight;
  const b3 = down | downLeft;
  const b4 = left | upLeft;
  const enough = ((a1 & a2) | (a3 & a4) | ((a1 | a2) & (a3 | a4))) & ((b1 & b2) | (b3 & b4) | ((b1 | b2) & (b3 | b4)));
  const all = a1 & a2 & a3 & a4 & b1 & b2 & b3 & b4;
  const stays = step === 0 ? (up | upRight | ~downRight) & right : (down | downLeft | ~upLeft) & left;
  return own & isOneCrossing & enough & ~all & ~stays;
}
