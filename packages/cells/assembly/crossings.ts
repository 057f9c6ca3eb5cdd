// Where pixel sides cross grey levels, as plain-crossings.ts notes it: the same bits.

import { pair } from './lanes';

/**
 * Notes for every other row's pixels, at the levels between each and its neighbours to the right and below, how steep the image
 * is and that it is one side more: as a rise at the lowest level crossed, a fall behind the highest.
 * @param image float32, with room for 4 more values
 * @param notes 257 pairs of float64, 0 at first: slopes and numbers of sides
 * @param lines room for 4·(width + 4) values, int32
 */
export function crossLevels(image: usize, width: i32, height: i32, notes: usize, lines: usize): void {
  const line: usize = (width + 4) << 2;
  const slopes = lines + 2 * line;
  for (let y = 0; y + 1 < height; y += 2) {
    const row = image + ((y * width) << 2);
    measureRow(row, width, lines, lines + line, slopes);
    noteRow(width, lines, lines + line, slopes, notes);
  }
}

/** Levels of a row and of the one below, int32, and how steep the image is at each of the row's pixels, float64. */
function measureRow(row: usize, width: i32, levels: usize, below: usize, slopes: usize): void {
  const next: usize = width << 2;
  for (let x = 0; x < width; x += 4) {
    v128.store(levels + (x << 2), levelsOf(row + (x << 2)));
    v128.store(below + (x << 2), levelsOf(row + next + (x << 2)));
  }
  for (let x = 0; x < width; x += 2) {
    const at = row + (x << 2);
    const here = pair(at);
    const across = f64x2.sub(pair(at + 4), here);
    const down = f64x2.sub(pair(at + next), here);
    v128.store(slopes + (x << 3), f64x2.sqrt(f64x2.add(f64x2.mul(across, across), f64x2.mul(down, down))));
  }
}

/** The least whole levels above or at four values, 0 to 256. */
function levelsOf(at: usize): v128 {
  const whole = f32x4.min(f32x4.max(f32x4.ceil(v128.load(at)), f32x4.splat(0)), f32x4.splat(256));
  return i32x4.trunc_sat_f32x4_s(whole);
}

function noteRow(width: i32, levels: usize, below: usize, slopes: usize, notes: usize): void {
  for (let x = 0; x + 1 < width; x++) {
    const level = load<i32>(levels + (x << 2));
    const right = load<i32>(levels + (x << 2), 4);
    const down = load<i32>(below + (x << 2));
    if (level === right && level === down) continue;
    const note = f64x2.replace_lane(f64x2.splat(1), 0, load<f64>(slopes + (x << 3)));
    if (level !== right) noteSide(notes, level, right, note);
    if (level !== down) noteSide(notes, level, down, note);
  }
}

function noteSide(notes: usize, from: i32, to: i32, note: v128): void {
  const low = notes + (min(from, to) << 4);
  const high = notes + (max(from, to) << 4);
  v128.store(low, f64x2.add(v128.load(low), note));
  v128.store(high, f64x2.sub(v128.load(high), note));
}
