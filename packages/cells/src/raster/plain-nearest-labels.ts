import { nearestOutside } from './distance-transform.js';
import type { LabelMap } from './raster.js';

/** The nearest label of each pixel and its squared distance, without WebAssembly; 0 when there is no label at all. */
export function plainNearestLabels({ data, width, height }: LabelMap): {
  readonly nearest: Int32Array;
  readonly squared: Int32Array;
} {
  const unlabelled = new Uint8Array(data.length);
  for (let i = 0; i < unlabelled.length; i++) if (data[i] === 0) unlabelled[i] = 1;
  const { nearest, squared } = nearestOutside({ data: unlabelled, width, height });
  for (let i = 0; i < nearest.length; i++) nearest[i] = nearest[i]! < 0 ? 0 : data[nearest[i]!]!;
  return { nearest, squared };
}
