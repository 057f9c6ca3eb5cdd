/** What `gaussianBlur` does without WebAssembly, in place. */
export function plainBlur(data: Float32Array, width: number, height: number, kernel: Float64Array): Float32Array {
  const radius = kernel.length - 1;
  const rows = new Float32Array(width * height);
  const line = new Float32Array(width + 2 * radius);
  const sums = new Float64Array(width);
  const starts = Int32Array.from({ length: 2 * radius + 1 }, (_, k) => k);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    line.set(data.subarray(start, start + width), radius);
    for (let k = 1; k <= radius; k++) {
      line[radius - k] = data[start + mirror(-k, width)]!;
      line[radius + width - 1 + k] = data[start + mirror(width - 1 + k, width)]!;
    }
    weighSum(sums, line, starts, kernel);
    rows.set(sums, start);
  }
  for (let y = 0; y < height; y++) {
    for (let k = -radius; k <= radius; k++) starts[k + radius] = mirror(y + k, height) * width;
    weighSum(sums, rows, starts, kernel);
    data.set(sums, y * width);
  }
  return data;
}

/**
 * Into `sums`, at each x: the values at x + starts[radius], weighed by the kernel's middle, and those at equal distances
 * before and behind it, weighed alike.
 */
function weighSum(sums: Float64Array, values: Float32Array, starts: Int32Array, kernel: Float64Array): void {
  const radius = kernel.length - 1;
  const middle = starts[radius]!;
  for (let x = 0; x < sums.length; x++) sums[x] = kernel[0]! * values[middle + x]!;
  for (let k = 1; k <= radius; k++) {
    const weight = kernel[k]!;
    const before = starts[radius - k]!;
    const behind = starts[radius + k]!;
    for (let x = 0; x < sums.length; x++) sums[x]! += weight * (values[before + x]! + values[behind + x]!);
  }
}

function mirror(i: number, length: number): number {
  const k = ((i % (2 * length)) + 2 * length) % (2 * length);
  return k < length ? k : 2 * length - 1 - k;
}
