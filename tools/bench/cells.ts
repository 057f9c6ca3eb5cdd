// Finding and measuring the cells of 512×512 images of each kind, and what the parts cost beside OpenCV.js and image-js.
import opencv from '@techstark/opencv-js';
import { FOAM_CLASSES, foamImage } from '@plateau/foam';
import {
  floodBasins,
  gaussianBlur,
  hMaxima,
  labelComponents,
  maskWhere,
  measureCells,
  segmentCells,
  squaredDistance,
  watershed,
  type Raster,
  type SegmentOptions,
} from '@plateau/cells';
import { fromMask, Image, Mask as ImageJsMask } from 'image-js';
import { drawnBubbles, drawnLines } from '../cells/drawn-images.js';
import { plainCut } from '../cells/plain-cut.js';
import type { BenchRow } from './bench-row.js';
import { leastSeconds } from './least-seconds.js';

const SIZE = 512;
const ROUNDS = 9;

export default async function benchCells(): Promise<BenchRow[]> {
  const { name } = FOAM_CLASSES[0]!;
  const { image, truth } = foamImage({
    className: name,
    seed: 1,
    index: 0,
    size: SIZE,
    pixelSize: { value: 4, unit: 'um' },
  });
  const data = image.data as Uint8Array;
  const raster = { data, width: SIZE, height: SIZE };
  const { walls } = segmentCells(raster);
  const open = maskWhere(walls, (wall) => wall === 0);
  const distance = squaredDistance(open);
  const markers = hMaxima(distance, 4);
  const depth = { ...distance, data: distance.data.map((value) => -value) };
  const { cv } = await openCv();
  const grey = cv.matFromArray(SIZE, SIZE, cv.CV_8UC1, data);
  const mask = cv.matFromArray(SIZE, SIZE, cv.CV_8UC1, open.data);
  const [blurred, distances, components] = [new cv.Mat(), new cv.Mat(), new cv.Mat()];
  const picture = new Image(SIZE, SIZE, { data, colorModel: 'GREY' });
  const picked = new ImageJsMask(SIZE, SIZE, { data: open.data });
  const against = (rival: string, ours: () => unknown, theirs: () => unknown): Omit<BenchRow, 'name'> => {
    const [seconds, other] = [least(ours), least(theirs)];
    return { seconds, baseline: { name: rival, seconds: other }, ratio: other / seconds };
  };
  const truthLabels = { data: truth.labels, width: SIZE, height: SIZE, count: truth.cellCount };
  const rows: BenchRow[] = [
    ...kindRows('micrograph', raster),
    ...kindRows('micrograph, dark walls', { ...raster, data: data.map((value) => 255 - value) }),
    ...kindRows('cut', { ...raster, data: plainCut(truthLabels) }),
    ...kindRows('lines', drawnLines(SIZE), { walls: 'lines' }),
    ...kindRows('bubbles in liquid', drawnBubbles(SIZE)),
    { name: 'h-maxima', seconds: least(() => hMaxima(distance, 4)) },
    { name: 'watershed of the distance', seconds: least(() => watershed(depth, markers, { mask: open })) },
    { name: 'flood of basins', seconds: least(() => floodBasins(depth, 4)) },
    {
      name: 'exact distance transform',
      ...against(
        'OpenCV.js, exact',
        () => squaredDistance(open),
        () => cv.distanceTransform(mask, distances, cv.DIST_L2, cv.DIST_MASK_PRECISE),
      ),
    },
    {
      name: 'connected components',
      ...against(
        'OpenCV.js',
        () => labelComponents(open),
        () => cv.connectedComponents(mask, components, 8, cv.CV_32S),
      ),
    },
    {
      name: 'connected components',
      ...against(
        'image-js',
        () => labelComponents(open),
        () => fromMask(picked),
      ),
    },
    {
      name: 'Gaussian blur, σ = 2',
      ...against(
        'OpenCV.js, 8 bit',
        () => gaussianBlur(raster, 2),
        () => cv.GaussianBlur(grey, blurred, new cv.Size(13, 13), 2),
      ),
    },
    {
      name: 'Gaussian blur, σ = 2',
      ...against(
        'image-js, 8 bit',
        () => gaussianBlur(raster, 2),
        () => picture.gaussianBlur({ sigma: 2, size: 13 }),
      ),
    },
  ];
  for (const matrix of [grey, mask, blurred, distances, components]) matrix.delete();
  return rows;
}

/** A kind of image: both together, and each for itself. */
function kindRows(kind: string, image: Raster<Uint8Array>, options: SegmentOptions = {}): BenchRow[] {
  const { labels, walls, choices } = segmentCells(image, options);
  const found = `${labels.count} cells, ${choices.liquid ? 'liquid' : choices.walls}, ${choices.polarity}`;
  const segment = least(() => segmentCells(image, options));
  const measure = least(() => measureCells(labels, { walls }));
  return [
    { name: `${kind}: segment and measure`, seconds: segment + measure, note: found },
    { name: `${kind}: segment`, seconds: segment },
    { name: `${kind}: measure`, seconds: measure },
  ];
}

interface Mat {
  delete(): void;
}

/** What is used of OpenCV.js. */
interface OpenCv {
  readonly Mat: new () => Mat;
  readonly Size: new (width: number, height: number) => object;
  readonly CV_8UC1: number;
  readonly CV_32S: number;
  readonly DIST_L2: number;
  readonly DIST_MASK_PRECISE: number;
  matFromArray(rows: number, columns: number, type: number, data: ArrayLike<number>): Mat;
  distanceTransform(from: Mat, to: Mat, kind: number, size: number): void;
  connectedComponents(from: Mat, to: Mat, connectivity: number, type: number): number;
  GaussianBlur(from: Mat, to: Mat, size: object, sigma: number): void;
}

/** The module is thenable for ever: it is wrapped, so that no promise waits for it. */
function openCv(): Promise<{ cv: OpenCv }> {
  const module = opencv as unknown as { then(ready: (cv: OpenCv) => void): void };
  return new Promise((resolve) => module.then((cv) => resolve({ cv })));
}

function least(work: () => unknown): number {
  return leastSeconds(ROUNDS, work);
}
