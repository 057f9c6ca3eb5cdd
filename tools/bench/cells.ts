// Finding and measuring the cells of a 512×512 micrograph, and what its parts cost.
import { FOAM_CLASSES, foamImage } from '@plateau/foam';
import { hMaxima, labelComponents, maskWhere, measureCells, segmentCells, squaredDistance } from '@plateau/cells';
import type { BenchRow } from './bench-row.js';

const SIZE = 512;
const ROUNDS = 7;

export default async function benchCells(): Promise<BenchRow[]> {
  const { name } = FOAM_CLASSES[0]!;
  const { image } = foamImage({ className: name, seed: 1, index: 0, size: SIZE, pixelSize: { value: 4, unit: 'um' } });
  const raster = { data: image.data, width: SIZE, height: SIZE };
  const { labels, walls } = segmentCells(raster);
  const open = maskWhere(walls, (wall) => wall === 0);
  const distance = squaredDistance(open);
  return [
    {
      name: 'segment and measure, 512×512',
      seconds: least(() => measureCells(segmentCells(raster).labels, { walls })),
    },
    { name: 'segment', seconds: least(() => segmentCells(raster)) },
    { name: 'measure', seconds: least(() => measureCells(labels, { walls })) },
    { name: 'exact distance transform', seconds: least(() => squaredDistance(open)) },
    { name: 'connected components', seconds: least(() => labelComponents(open)) },
    { name: 'h-maxima', seconds: least(() => hMaxima(distance, 4)) },
  ];
}

/** Seconds of the fastest of some rounds. */
function least(work: () => unknown): number {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...seconds);
}
