// Measures the automatic segmentation on annotated images beside the checkout:
//   npx tsx --conditions=@plateau/source tools/measure-cells.ts
// Sets that are absent are named and passed over. Same settings for every image: nothing is fitted to a set.
import { measureCells, regionAreas, segmentCells, type LabelMap } from '@plateau/cells';
import { FOAM_CLASSES, foamImage } from '@plateau/foam';
import { RandomState } from '@plateau/numerics';
import { bubblesOf, cornealCells, countInside } from './cells/annotated-counts.js';
import { readAnnotated } from './cells/data-sets.js';
import { plainCut } from './cells/plain-cut.js';

const isVerbose = process.argv.includes('--each');
// A disc of four pixels: what is smaller, mostly slivers that the border leaves of cells, is a matter of luck.
const SEEN = 12;

await measure('corneal', async () => {
  const set = await readAnnotated('corneal', 'images', ['roi', 'markers']);
  return set?.map(({ name, image, truth }) => {
    const { labels } = segmentCells(image);
    const expected = cornealCells(truth.markers!);
    return { name, expected, found: countInside(labels, truth.roi!) };
  });
});

// As recorded; with noise of so many grey levels; and brighter by so many, which clips some.
for (const change of [{}, { noise: 2 }, { noise: 4 }, { noise: 8 }, { brighter: 20 }]) {
  const changed = Object.entries(change).map(([kind, levels]) => `, ${kind} ${levels}`);
  await measure(`foam_bubbles${changed.join('')}`, async () => {
    const set = await readAnnotated('foam_bubbles', 'image', ['interior_mask']);
    return set?.map(({ name, image, truth }) => {
      return {
        name,
        ...counts(
          bubblesOf(truth.interior_mask!),
          segmentCells({ ...image, data: disturbed(image.data, change) }).labels,
        ),
      };
    });
  });
}

// Foam of known geometry: as the micrograph of the foam package, and as its plain cut with defocus, noise and a slope. The
// seeds are none of those that the methods were developed with.
for (const { size, micrometres } of [
  { size: 384, micrometres: 4 },
  { size: 128, micrometres: 8 },
]) {
  for (const rendering of ['micrograph', 'micrograph with dark walls', 'cut'] as const) {
    await measure(`foam, ${rendering}, ${size}×${size} at ${micrometres} µm`, () =>
      FOAM_CLASSES.flatMap(({ name }) => [7, 8].map((seed) => foamRow(name, seed, size, micrometres, rendering))),
    );
  }
}

function disturbed(data: Uint8Array, { noise = 0, brighter = 0 }): Uint8Array {
  const grains = new RandomState(11).randn(data.length);
  return Uint8Array.from(data, (value, i) =>
    Math.min(255, Math.max(0, Math.round(value + brighter + noise * grains[i]!))),
  );
}

function foamRow(className: string, seed: number, size: number, micrometres: number, rendering: string): Row {
  const pixelSize = { value: micrometres, unit: 'um' } as const;
  const { image, truth } = foamImage({ className, seed, size, pixelSize });
  const labels = { data: truth.labels, width: size, height: size, count: truth.cellCount };
  const shown = rendering === 'cut' ? plainCut(labels) : image.data;
  const data = rendering.endsWith('dark walls') ? shown.map((value) => 255 - value) : shown;
  const { labels: found, walls } = segmentCells({ data, width: size, height: size });
  const [expected, measured] = [measureCells(labels).image, measureCells(found, { walls }).image];
  return {
    name: `${className} ${seed}`,
    ...counts(labels, found),
    diameterError: Math.abs(measured.equivalentDiameter / expected.equivalentDiameter - 1),
    wallErrorPixels: Math.abs(measured.wallWidth - truth.wallWidthPixels),
  };
}

interface Row {
  readonly diameterError?: number;
  readonly wallErrorPixels?: number;
  readonly name: string;
  readonly expected: number;
  readonly found: number;
  /** Cells of `SEEN` pixels and more. */
  readonly expectedSeen?: number;
  readonly foundSeen?: number;
  readonly overlap?: number;
}

function counts(truth: LabelMap, found: LabelMap): Omit<Row, 'name'> {
  const seen = (labels: LabelMap): number =>
    regionAreas(labels)
      .subarray(1)
      .filter((area) => area >= SEEN).length;
  return {
    expected: truth.count,
    found: found.count,
    expectedSeen: seen(truth),
    foundSeen: seen(found),
    overlap: intersectionOverUnion(truth, found),
  };
}

async function measure(set: string, run: () => Row[] | undefined | Promise<Row[] | undefined>): Promise<void> {
  const start = performance.now();
  const rows = await run();
  if (!rows) {
    console.log(`${set}: skipped, shared/data/cells/${set.split(',')[0]} is not beside the checkout`);
    return;
  }
  const seconds = (performance.now() - start) / 1000;
  if (isVerbose)
    for (const { name, expected, found, overlap, diameterError, wallErrorPixels } of rows)
      console.log(name, expected, found, ...[overlap, diameterError, wallErrorPixels].map((v) => v?.toFixed(3) ?? ''));
  const errors = rows.map(({ expected, found }) => Math.abs(found - expected) / expected);
  const error = mean(errors);
  const seen = rows.flatMap(({ expectedSeen, foundSeen }) =>
    expectedSeen && foundSeen !== undefined ? Math.abs(foundSeen - expectedSeen) / expectedSeen : [],
  );
  const large = seen.length > 0 ? `, of cells ≥ ${SEEN} px ${mean(seen).toFixed(3)}` : '';
  const overlaps = rows.flatMap(({ overlap }) => overlap ?? []);
  const iou = overlaps.length > 0 ? `, IoU ${mean(overlaps).toFixed(3)}` : '';
  const diameters = rows.flatMap(({ diameterError }) => diameterError ?? []);
  const walls = rows.flatMap(({ wallErrorPixels }) => wallErrorPixels ?? []);
  const geometry =
    walls.length > 0
      ? `, diameter error ${mean(diameters).toFixed(3)} (median ${median(diameters).toFixed(3)}), wall error ${mean(walls).toFixed(2)} px (median ${median(walls).toFixed(2)})`
      : '';
  console.log(
    `${set}: ${rows.length} images, count error ${error.toFixed(3)} (median ${median(errors).toFixed(3)})${large}${iou}${geometry}, ${seconds.toFixed(1)} s`,
  );
}

function intersectionOverUnion(truth: LabelMap, found: LabelMap): number {
  let [both, either] = [0, 0];
  truth.data.forEach((label, i) => {
    const [a, b] = [label > 0, found.data[i]! > 0];
    if (a && b) both++;
    if (a || b) either++;
  });
  return both / either;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
