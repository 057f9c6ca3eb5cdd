import { labelComponents, maskWhere, regionAreas, type LabelMap, type Raster } from '@plateau/cells';

/** The bubbles that the dark pixels of a mask of foam_bubbles show. */
export function bubblesOf(interiorMask: Raster<Uint8Array>): LabelMap {
  return labelComponents(
    maskWhere(interiorMask, (value) => value < 128),
    { connectivity: 4 },
  );
}

/** The cells that the markers of corneal show. */
export function cornealCells(markers: Raster<Uint8Array>): number {
  return labelComponents(maskWhere(markers, (value) => value > 127)).count;
}

/** Regions whose centroid lies in the annotated part. */
export function countInside(labels: LabelMap, roi: Raster<Uint8Array>): number {
  const areas = regionAreas(labels);
  const x = new Float64Array(labels.count + 1);
  const y = new Float64Array(labels.count + 1);
  labels.data.forEach((label, i) => {
    x[label]! += i % labels.width;
    y[label]! += Math.floor(i / labels.width);
  });
  let count = 0;
  for (let k = 1; k <= labels.count; k++) {
    const at = Math.round(y[k]! / areas[k]!) * labels.width + Math.round(x[k]! / areas[k]!);
    if (roi.data[at]! > 127) count++;
  }
  return count;
}
