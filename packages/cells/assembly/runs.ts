// Runs of equal pixels, as pixel-runs.ts defines them.

/**
 * The runs of equal labels other than 0, in reading order.
 * @param labels int32, 16 bytes behind them are read
 * @param starts room for a value a pixel, int32; likewise ends, and names for the runs' labels
 * @param rows room for height + 1 values, int32
 * @returns how many runs there are
 */
export function labelRuns(
  labels: usize,
  width: i32,
  height: i32,
  starts: usize,
  ends: usize,
  names: usize,
  rows: usize,
): i32 {
  let runs = 0;
  store<i32>(rows, 0);
  for (let y = 0; y < height; y++) {
    runs = runsOfRow(labels + ((y * width) << 2), width, starts, ends, names, runs);
    store<i32>(rows + ((y + 1) << 2), runs);
  }
  return runs;
}

function runsOfRow(row: usize, width: i32, starts: usize, ends: usize, names: usize, count: i32): i32 {
  let start = 0;
  for (let x = 0; x + 1 < width; x += 4) {
    const at = row + (x << 2);
    let changes = i32x4.bitmask(i32x4.ne(v128.load(at), v128.load(at + 4)));
    for (; changes !== 0; changes &= changes - 1) {
      const end = x + ctz(changes) + 1;
      if (end >= width) break;
      count = addRun(row, start, end, starts, ends, names, count);
      start = end;
    }
  }
  return addRun(row, start, width, starts, ends, names, count);
}

function addRun(row: usize, start: i32, end: i32, starts: usize, ends: usize, names: usize, count: i32): i32 {
  const label = load<i32>(row + (start << 2));
  if (label === 0) return count;
  store<i32>(starts + (count << 2), start);
  store<i32>(ends + (count << 2), end);
  store<i32>(names + (count << 2), label);
  return count + 1;
}
