import type { Operand } from './operand.js';
import type { TileArea, TileJob } from './tile-job.js';

/** One tile of a product where WebAssembly is missing. */
export function plainProduct({ a, b, depth, out, subtract = false }: TileJob, area: TileArea): void {
  const vectorA = new Float64Array(depth);
  const vectorB = new Float64Array(depth);
  for (let j = area.left; j < area.left + area.cols; j++) {
    readVector(b, j, vectorB);
    for (let i = area.top; i < area.top + area.rows; i++) {
      readVector(a, i, vectorA);
      let sum = 0;
      for (let p = 0; p < depth; p++) sum += vectorA[p] * vectorB[p];
      const at = out.offset + i * out.stride + j;
      out.data[at] = subtract ? out.data[at] - sum : sum;
    }
  }
}

function readVector({ data, offset, stride, layout, center }: Operand, index: number, target: Float64Array): void {
  const inRows = layout === 'rows';
  const first = offset + index * (inRows ? stride : 1);
  const step = inRows ? 1 : stride;
  for (let p = 0; p < target.length; p++) target[p] = data[first + p * step] - (center?.[inRows ? p : index] ?? 0);
}
