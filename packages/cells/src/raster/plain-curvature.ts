/** What `lineCurvature` does without WebAssembly, but for the outermost pixels, which stay 0. */
export function plainCurvature(data: Float32Array, width: number, height: number, scale: number): Float32Array {
  const across = new Float32Array(data.length);
  for (let y = 1; y + 1 < height; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const xx = data[i - 1]! + data[i + 1]! - 2 * data[i]!;
      const yy = data[i - width]! + data[i + width]! - 2 * data[i]!;
      const xy = (data[i - width - 1]! + data[i + width + 1]! - data[i - width + 1]! - data[i + width - 1]!) / 4;
      const value = (xx + yy + Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)) / 2;
      if (value > 0) across[i] = value * scale;
    }
  }
  return across;
}
